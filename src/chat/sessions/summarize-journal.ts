import type { ChatEvent } from "../../protocol/chat-event.ts";
import { reduceChat } from "../../protocol/chat-reducer.ts";
import { emptyChat } from "../../protocol/chat-state.ts";
import { parseRecord } from "../journal-schema.ts";
import { versionOf } from "../journal-versions.ts";

/** What a list of sessions shows of one. */
export interface SessionSummary {
  /** Absent until it has one. */
  readonly title?: string;
  /** The first one, shortened. */
  readonly prompt: string;
  /** When something was last said in it, in milliseconds since the epoch. */
  readonly changedAt: number;
  /** 0: nothing was said in it yet. */
  readonly turns: number;
  readonly archived: boolean;
}

const longestPrompt = 200;

/** The records that a summary is made of; the others, by far the most of a journal, are not even parsed. */
const told = /^\{"event":\{"type":"(?:turn-start|turn-resume|turn-end|title|archived|rewind|rewind-undone)"/u;

/** What a journal's text tells of its session; lines that are no records are read past. */
export function summarizeJournal(text: string): SessionSummary {
  let chat = emptyChat("");
  let changedAt = 0;
  const lines = text.split("\n");
  const version = versionOf(lines[0] ?? "");
  for (const line of lines) {
    const event = told.test(line) ? eventOf(line, version) : undefined;
    if (event === undefined) continue;
    chat = reduceChat(chat, event);
    if ("at" in event && event.type.startsWith("turn-")) changedAt = event.at ?? changedAt;
  }
  const turns = [...chat.past, ...(chat.current === null ? [] : [chat.current])];
  const { title, archived = false } = chat;
  const prompt = turns[0]?.prompt.replace(/\s+/gu, " ").trim().slice(0, longestPrompt) ?? "";
  return { ...(title !== undefined && { title }), prompt, changedAt, turns: turns.length, archived };
}

function eventOf(line: string, version: number | undefined): ChatEvent | undefined {
  try {
    const record = parseRecord(line, version);
    return "event" in record ? record.event : undefined;
  } catch {
    return undefined;
  }
}
