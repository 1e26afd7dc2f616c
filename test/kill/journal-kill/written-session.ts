import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type JournalRecord, parseRecord } from "../../../src/chat/journal-schema.ts";

const writer = fileURLToPath(new URL("writer.ts", import.meta.url));

export interface WrittenSession {
  /** What the journal had taken before anything else happened. */
  readonly acknowledged: readonly JournalRecord[];
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
}

/** Plays the session of a folder in a process of its own, which is killed when it has written so many bytes of the journal. */
export async function writeSession(folder: string, life: string, bytes?: number): Promise<WrittenSession> {
  const fatal = bytes === undefined ? [] : ["--bytes", String(bytes)];
  const child = spawn(process.execPath, [writer, "--folder", folder, "--life", life, ...fatal], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const acknowledged: JournalRecord[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => acknowledged.push(parseRecord(line)));
  const { promise: ended, resolve } = Promise.withResolvers<Pick<WrittenSession, "code" | "signal">>();
  child.once("close", (code, signal) => resolve({ code, signal }));
  return { ...(await ended), acknowledged };
}

/** The journal of a folder in which there is one session; undefined where there is none yet. */
export function journalIn(folder: string): string | undefined {
  const name = readdirSync(folder).find((each) => each.endsWith(".jsonl"));
  return name === undefined ? undefined : join(folder, name);
}
