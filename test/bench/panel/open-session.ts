import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal } from "../../../src/chat/journal.ts";
import { SessionFolder } from "../../../src/chat/session-folder.ts";
import { bedrockContext } from "../../support/panel/contexts.ts";
import type { SessionRecord } from "./long-chats.ts";

/**
 * The host's side of opening a session. Milliseconds of the main thread's CPU time, as the panel's side is measured: what the
 * engine's own threads compile and collect meanwhile makes nobody wait.
 */
export interface OpenedSample {
  /** From the file to the session: lock, journal, state. */
  readonly open: number;
  /** The snapshot as VS Code sends it. */
  readonly serialize: number;
  /** `JSON.parse` of the same lines. */
  readonly parse: number;
  readonly megabytes: number;
}

const id = "bench";

/** Writes a session as the extension does, and opens it. */
export async function openSession(records: readonly SessionRecord[], rounds: number): Promise<readonly OpenedSample[]> {
  const path = await mkdtemp(join(tmpdir(), "outcrop-bench-"));
  const file = join(path, `${id}.jsonl`);
  const journal = new Journal(file, id, false);
  for (const record of records) {
    if ("event" in record) journal.event(record.event);
    else journal.message(record.message);
  }
  await journal.close();
  const samples: OpenedSample[] = [];
  for (let round = 0; round < rounds; round += 1) samples.push(await openOnce(path, file));
  await rm(path, { recursive: true });
  return samples;
}

async function openOnce(path: string, file: string): Promise<OpenedSample> {
  const memory = { recent: () => [id], update: async () => {} };
  const text = await readFile(file, "utf8");
  const began = process.threadCpuUsage();
  for (const line of text.trimEnd().split("\n")) JSON.parse(line);
  const parse = cpuSince(began);
  const folder = new SessionFolder({ path, memory, pid: process.pid, patienceMs: 0 });
  const before = process.threadCpuUsage();
  const { start, close } = await folder.openCurrent();
  const open = cpuSince(before);
  const read = process.threadCpuUsage();
  JSON.stringify({ type: "snapshot", seq: 0, chat: start.chat, context: bedrockContext });
  const serialize = cpuSince(read);
  await close();
  return { open, serialize, parse, megabytes: Buffer.byteLength(text) / 1e6 };
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
