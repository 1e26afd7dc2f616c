import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../../agent/tool.ts";
import { expectedPath, staleError } from "../open-no-follow.ts";

/** Entries of a folder that a call may move or delete: each of them is judged, and shown. */
export const MOST_ENTRIES = 300;

/** A file or folder as it was when a call was prepared. */
export interface Place {
  /** Absolute, as the call names it. */
  readonly path: string;
  /** Real path, also of what does not exist. */
  readonly canonical: string;
  readonly kind: "file" | "folder" | "missing";
  /** Which one it is and which version of it and of all that is in it. */
  readonly version: string;
  /** What is in a folder, all the way down, relative to it; sorted. */
  readonly entries: readonly string[];
  /** Bytes of all files together. */
  readonly size: number;
}

/**
 * Looks at what is to be moved or deleted, or at where it is to go. Throws a `ToolError`: E_PATH for a link, pipe, socket or
 * device, E_TOO_LARGE for a folder with more entries than are judged.
 */
export async function lookAtPlace(path: string): Promise<Place> {
  const stats = await lstat(path, { bigint: true }).catch(() => undefined);
  if (stats?.isSymbolicLink() === true) {
    throw new ToolError(`${path} is a link. Links are neither moved nor deleted by a tool.`, "E_PATH");
  }
  const canonical = await expectedPath(path);
  if (stats === undefined) return { path, canonical, kind: "missing", version: "missing", entries: [], size: 0 };
  if (stats.isFile()) {
    return { path, canonical, kind: "file", version: versionOf(stats), entries: [], size: Number(stats.size) };
  }
  if (!stats.isDirectory()) throw new ToolError(`${path} is a pipe, a socket or a device.`, "E_PATH");
  const found = await entriesBelow(canonical, path);
  const versions = found.map(({ name, stats: inner }) => `${name}\0${versionOf(inner)}`);
  const hash = createHash("sha256").update(versions.join("\n")).digest("hex");
  return {
    ...{ path, canonical, kind: "folder" },
    version: `${stats.dev} ${stats.ino} ${hash}`,
    entries: found.map(({ name }) => name),
    size: found.reduce((sum, { stats: inner }) => sum + (inner.isFile() ? Number(inner.size) : 0), 0),
  };
}

/** Throws a `ToolError` with E_STALE where the place is not what it was. */
export async function requireSamePlace(place: Place): Promise<void> {
  const now = await lookAtPlace(place.path);
  if (now.canonical !== place.canonical) throw staleError(place.path);
  if (now.version !== place.version) throw staleError(place.path, "is not what it was");
}

interface Entry {
  /** Relative to the folder, with the machine's separator. */
  readonly name: string;
  readonly stats: BigIntStats;
}

/** Links are entries, and are not followed. */
async function entriesBelow(folder: string, path: string): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  const waiting = [""];
  for (let inner = waiting.pop(); inner !== undefined; inner = waiting.pop()) {
    for (const entry of await readdir(join(folder, inner), { withFileTypes: true })) {
      const name = join(inner, entry.name);
      if (found.length === MOST_ENTRIES) {
        const what = `${path} holds more than ${MOST_ENTRIES} files and folders, too many to be judged one by one`;
        throw new ToolError(`${what}. Use run_command, or take a folder in it.`, "E_TOO_LARGE");
      }
      found.push({ name, stats: await lstat(join(folder, name), { bigint: true }) });
      if (entry.isDirectory()) waiting.push(name);
    }
  }
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function versionOf(stats: BigIntStats): string {
  const content = stats.isDirectory() ? "folder" : `${stats.size} ${stats.mtimeNs}`;
  return `${stats.dev} ${stats.ino} ${content}`;
}
