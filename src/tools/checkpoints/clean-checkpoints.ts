import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { ChangeLog, type LogEntry } from "./change-log.ts";
import type { ContentStore } from "./content-store.ts";
import type { KeptFile } from "./kept-file.ts";

const MOST_LOGS = 50;
/** Of all contents that logs name. */
const MOST_BYTES = 1_000_000_000;
const ending = ".jsonl";

export interface CleanOptions {
  /** Holds a log for each session. */
  readonly folder: string;
  /** Holds a folder for each workspace, with the journals and locks of its sessions. */
  readonly sessions: string;
  readonly store: ContentStore;
  readonly now: number;
  /** Left out: a gigabyte. */
  readonly mostBytes?: number;
}

/**
 * Removes the logs of sessions that are gone, all but the newest 50, and of those the oldest whose contents are more than
 * are kept; then the contents that no log names any more. Of a session that a window has open, all stays.
 */
export async function cleanCheckpoints(options: CleanOptions): Promise<void> {
  const { folder, sessions, store, now, mostBytes = MOST_BYTES } = options;
  const { known, open } = await sessionsIn(sessions);
  const dated = await Promise.all(
    (await namesIn(folder))
      .filter((name) => name.endsWith(ending))
      .map(async (name) => ({ name, at: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
  );
  const newestFirst = dated.toSorted((one, other) => other.at - one.at).map(({ name }) => name);
  const recent = newestFirst.filter((name) => known.has(idOf(name))).slice(0, MOST_LOGS);
  const inUse = recent.filter((name, index) => index === 0 || open.has(idOf(name)));
  const kept = new Set<string>();
  const needed = new Map<string, number>();
  let bytes = 0;
  for (const name of [...inUse, ...recent.filter((other) => !inUse.includes(other))]) {
    const own = await contentsOf(join(folder, name));
    const further = [...own].filter(([sha256]) => !needed.has(sha256));
    const size = further.reduce((sum, [, each]) => sum + each, 0);
    if (!inUse.includes(name) && bytes + size > mostBytes) break;
    for (const [sha256, each] of further) needed.set(sha256, each);
    bytes += size;
    kept.add(name);
  }
  for (const name of newestFirst) if (!kept.has(name)) await rm(join(folder, name), { force: true });
  await store.prune(new Set(needed.keys()), now);
}

/** Ids of the sessions on the disk, and of those that a window has open or has just begun. */
async function sessionsIn(folder: string): Promise<Readonly<Record<"known" | "open", ReadonlySet<string>>>> {
  const names: string[] = [];
  for (const workspace of await namesIn(folder)) names.push(...(await namesIn(join(folder, workspace))));
  const ids = (which: readonly string[]): ReadonlySet<string> =>
    new Set(which.map((name) => name.replace(/\.(?:jsonl|lock)$/u, "")));
  return { known: ids(names), open: ids(names.filter((name) => name.endsWith(".lock"))) };
}

function idOf(log: string): string {
  return log.slice(0, -ending.length);
}

/** The contents that a log names, and their sizes. */
async function contentsOf(log: string): Promise<ReadonlyMap<string, number>> {
  const states = (await new ChangeLog(log).read()).flatMap(statesOf);
  return new Map(states.flatMap((state) => (state.kind === "kept" ? [[state.sha256, state.size] as const] : [])));
}

function statesOf(entry: LogEntry): readonly KeptFile[] {
  if (entry.kind !== "keep") return Object.values(entry.files);
  return Object.values(entry.files).flatMap(({ original, current }) => [original, current]);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
