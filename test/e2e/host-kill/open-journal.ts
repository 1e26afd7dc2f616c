import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { parseRecord } from "../../../src/chat/journal-schema.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";

/** The session that a window has open, as its files tell: read only, since the extension host may be writing them. */
export interface OpenJournal {
  /** The process that holds the session; 0 while none does. */
  readonly pid: number;
  readonly events: readonly ChatEvent[];
  readonly messages: readonly Message[];
}

/** What the locked session of the extension's storage holds so far. */
export function readOpenJournal(globalStorage: string): OpenJournal {
  const files = readdirSync(globalStorage, { recursive: true, encoding: "utf8" });
  // A killed host may leave the lock of a chat that it was just leaving: the one that was made last counts.
  const madeAt = (name: string): number => statSync(join(globalStorage, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const locks = files.filter((name) => name.endsWith(".lock"));
  const lock = locks.toSorted((one, other) => madeAt(one) - madeAt(other)).at(-1);
  const holder = lock === undefined ? undefined : readIfThere(join(globalStorage, lock));
  if (lock === undefined || holder === undefined) return { pid: 0, events: [], messages: [] };
  const pid = Number.parseInt(holder, 10);
  const journal = lock.replace(/\.lock$/, ".jsonl");
  const text = files.includes(journal) ? readFileSync(join(globalStorage, journal), "utf8") : "";
  const records = text.split("\n").slice(0, -1).map(parseRecord);
  return {
    pid,
    events: records.flatMap((record) => ("event" in record ? [record.event] : [])),
    messages: records.flatMap((record) => ("message" in record ? [record.message] : [])),
  };
}

/** A session that is left at this moment takes its lock along. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
