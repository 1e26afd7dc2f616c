import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { ChangeLog, type LogEntry } from "./change-log.ts";
import type { ContentStore } from "./content-store.ts";
import type { KeptFile } from "./kept-file.ts";

const MOST_LOGS = 50;
const ending = ".jsonl";

export interface CleanOptions {
  /** Holds a log for each session. */
  readonly folder: string;
  /** Holds a folder for each workspace, with the journals and locks of its sessions. */
  readonly sessions: string;
  readonly store: ContentStore;
  readonly now: number;
}

/** Removes the logs of sessions that are gone and all but the newest 50, then the contents that no log names any more. */
export async function cleanCheckpoints({ folder, sessions, store, now }: CleanOptions): Promise<void> {
  const known = await sessionsIn(sessions);
  const dated = await Promise.all(
    (await namesIn(folder))
      .filter((name) => name.endsWith(ending))
      .map(async (name) => ({ name, at: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
  );
  const newestFirst = dated.toSorted((one, other) => other.at - one.at).map(({ name }) => name);
  const kept = newestFirst.filter((name) => known.has(name.slice(0, -ending.length))).slice(0, MOST_LOGS);
  for (const name of newestFirst) if (!kept.includes(name)) await rm(join(folder, name), { force: true });
  const needed = new Set<string>();
  for (const name of kept) {
    for (const entry of await new ChangeLog(join(folder, name)).read()) {
      for (const state of statesOf(entry)) if (state.kind === "kept") needed.add(state.sha256);
    }
  }
  await store.prune(needed, now);
}

/** Ids of the sessions on the disk, and of those that a window has just begun. */
async function sessionsIn(folder: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const workspace of await namesIn(folder)) {
    for (const name of await namesIn(join(folder, workspace))) ids.add(name.replace(/\.(?:jsonl|lock)$/u, ""));
  }
  return ids;
}

function statesOf(entry: LogEntry): readonly KeptFile[] {
  if (entry.kind !== "keep") return Object.values(entry.files);
  return Object.values(entry.files).flatMap(({ original, current }) => [original, current]);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
