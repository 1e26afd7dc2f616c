import { copyFile, readFile, rename, truncate, writeFile } from "node:fs/promises";
import type { ChatEvent } from "../protocol/chat-event.ts";
import { hasCode } from "./has-code.ts";
import { type JournalRecord, parseRecord } from "./journal-schema.ts";
import { type KeptMessages, MessageLog } from "./message-log.ts";

/** A session as its journal has it. */
export interface JournalContents extends KeptMessages {
  readonly sessionId: string;
  readonly events: readonly ChatEvent[];
  /** What was read past, for the user; told once, as the file no longer holds it. */
  readonly damage?: string;
}

/** A journal that cannot be read: the message says why. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

/**
 * Reads a journal. A last line without its end is what a killed process leaves behind and is cut off; any other line
 * that is no record is read past, and the file as it was kept beside it. Undefined where there is no such file. Throws
 * `JournalError` where the file is no session.
 */
export async function readJournal(path: string): Promise<JournalContents | undefined> {
  const text = await readText(path);
  if (text === undefined) return undefined;
  const lines = text.split("\n");
  const torn = lines.pop() ?? "";
  const read = lines.map(readLine);
  const records = read.flatMap((line) => (line.record === undefined ? [] : [line.record]));
  const sessionId = records.find((record) => "sessionId" in record)?.sessionId;
  if (sessionId === undefined) {
    if (lines.length > 0) throw new JournalError(`${path}: not an Outcrop session, its first line names no session.`);
    if (torn !== "") await truncate(path, 0);
    return undefined;
  }
  const damaged = read.flatMap(({ problem }, index) => (problem === undefined ? [] : [{ line: index + 1, problem }]));
  const damage = damaged.length === 0 ? undefined : await mend(path, read, damaged);
  if (damage === undefined && torn !== "") await truncate(path, Buffer.byteLength(text) - Buffer.byteLength(torn));
  return {
    sessionId,
    ...messagesOf(records),
    events: records.flatMap((record) => ("event" in record ? [record.event] : [])),
    ...(damage !== undefined && { damage }),
  };
}

function messagesOf(records: readonly JournalRecord[]): KeptMessages {
  const log = new MessageLog();
  for (const record of records) {
    if ("message" in record) log.add(record.message);
    else if ("event" in record) log.see(record.event);
  }
  return log.kept;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

interface ReadLine {
  readonly record?: JournalRecord;
  /** The record's own text. */
  readonly text?: string;
  /** Why the line, or what stands before its record, is none. */
  readonly problem?: string;
}

/** A line, or the record at its end: what is written behind half a record stands in the same line. */
function readLine(line: string): ReadLine {
  const whole = parse(line);
  if (whole.record !== undefined) return whole;
  // Inside a record's texts every quote is escaped, so that this is where another record begins.
  for (const { index } of line.matchAll(/\{"(?:event|message)":/gu)) {
    const rest = index === 0 ? whole : parse(line.slice(index));
    if (rest.record !== undefined) return { ...rest, ...(whole.problem !== undefined && { problem: whole.problem }) };
  }
  return whole;
}

function parse(text: string): ReadLine {
  try {
    return { record: parseRecord(text), text };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Keeps the file as it was, writes it without what is damaged, and says so. */
async function mend(
  path: string,
  read: readonly ReadLine[],
  damaged: readonly { readonly line: number; readonly problem: string }[],
): Promise<string> {
  const kept = `${path}.damaged`;
  await copyFile(path, kept);
  const written = `${path}.mended`;
  const texts = read.flatMap(({ text }) => (text === undefined ? [] : [`${text}\n`]));
  await writeFile(written, texts.join(""), { mode: 0o600 });
  await rename(written, path);
  const places = damaged.map(({ line, problem }) => `line ${line} (${problem})`);
  return `A part of the session could not be read and is left out; the file as it was is ${kept}: ${places.join(", ")}.`;
}
