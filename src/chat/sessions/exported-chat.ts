import type { Message } from "@aws-sdk/client-bedrock-runtime";
import * as z from "zod";
import type { ChatEvent } from "../../protocol/chat-event.ts";
import { reduceChat } from "../../protocol/chat-reducer.ts";
import { emptyChat } from "../../protocol/chat-state.ts";
import type { Connection } from "../../protocol/connection.ts";
import { t } from "../../protocol/localize.ts";
import { type JournalRecord, parseRecord, serializeRecord } from "../journal-schema.ts";
import { maskDeep } from "../masked-store.ts";
import { recordsOfEnded, settleRecords } from "./fork-records.ts";

const exportVersion = 1;

/** A file that is no exported chat: the message says why, in one sentence. */
export class ImportError extends Error {
  override readonly name = "ImportError";
}

/** A chat as a JSON document, secrets masked. */
export function exportChat(records: readonly JournalRecord[], mask: (text: string) => string): string {
  const lines = records.flatMap((record) => ("journal" in record ? [] : [serializeRecord(maskDeep(record, mask))]));
  return `{\n"outcrop": "chat",\n"version": ${exportVersion},\n"records": [\n${lines.join(",\n")}\n]\n}\n`;
}

const exported = z.object({ outcrop: z.literal("chat"), version: z.int(), records: z.array(z.unknown()) });

/**
 * The records of an exported chat, for a session of its own. It is untrusted, which its first record says: nothing in it
 * waits, runs, chooses tools or says where requests go. Throws an `ImportError`.
 */
export function importChat(text: string, at: number): readonly JournalRecord[] {
  const parsed = exported.safeParse(parseJson(text));
  if (!parsed.success) throw new ImportError(t("This file is no chat that Outcrop has exported."));
  const { version, records } = parsed.data;
  if (version !== exportVersion) {
    throw new ImportError(
      t("This chat was exported in version {0} of the format, which this Outcrop does not know.", version),
    );
  }
  const read = records.map((record, index) => toRecord(record, index + 1));
  const kept = settleRecords(recordsOfEnded(read.flatMap(harmless)), at);
  const chat = kept.flatMap((record) => ("event" in record ? [record.event] : [])).reduce(reduceChat, emptyChat(""));
  if (chat.past.length === 0) throw new ImportError(t("This file holds no turn of a chat."));
  return [{ untrusted: true }, ...kept];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ImportError(t("This file is not JSON."));
  }
}

function toRecord(value: unknown, number: number): JournalRecord {
  try {
    return parseRecord(JSON.stringify(value));
  } catch {
    throw new ImportError(t("Record {0} of this chat is not one that Outcrop writes: nothing was imported.", number));
  }
}

/** None for what an imported chat may not bring. */
function harmless(record: JournalRecord, index: number): readonly JournalRecord[] {
  if ("message" in record) {
    if (record.message.content?.every(isOwnBlock) === true) return [record];
    throw new ImportError(
      t("Record {0} of this chat holds content that Outcrop does not write: nothing was imported.", index + 1),
    );
  }
  if (!("event" in record) || record.event.type === "choice") return [];
  return [{ event: withoutPlaces(record.event) }];
}

type Block = NonNullable<Message["content"]>[number];

/** No reference to something that Bedrock would fetch. */
function isOwnBlock(block: Block): boolean {
  const known = ["text", "toolUse", "toolResult", "reasoningContent", "image", "document", "cachePoint"];
  const [name, ...others] = Object.keys(block);
  if (name === undefined || others.length > 0 || !known.includes(name)) return false;
  if (block.image !== undefined) return block.image.source?.bytes instanceof Uint8Array;
  if (block.document !== undefined) return block.document.source?.bytes instanceof Uint8Array;
  return (block.toolResult?.content ?? []).every(isOwnResult);
}

function isOwnResult(block: NonNullable<NonNullable<Block["toolResult"]>["content"]>[number]): boolean {
  if (Object.keys(block).length !== 1) return false;
  const { text, json, image, document } = block;
  return text !== undefined || json !== undefined || isBytes((image ?? document)?.source);
}

function isBytes(source: { readonly bytes?: unknown } | undefined): boolean {
  return source?.bytes instanceof Uint8Array;
}

/** Who answered stays; where they were asked, and with which identity, is nobody else's to say. */
function withoutPlaces(event: ChatEvent): ChatEvent {
  return "connection" in event && event.connection !== undefined
    ? { ...event, connection: withoutPlace(event.connection) }
    : event;
}

function withoutPlace(connection: Connection): Connection {
  return connection.kind === "demo" ? connection : { kind: "bedrock", modelId: connection.modelId };
}
