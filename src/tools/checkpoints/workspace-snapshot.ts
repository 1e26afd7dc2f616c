import type { FileKeeper } from "./file-keeper.ts";
import { isSameContent, type KeptFile, missing } from "./kept-file.ts";

const AT_ONCE = 16;

/** The files of the workspace that version control would take: absolute paths, without what .gitignore leaves out. */
export type ListFiles = (signal: AbortSignal) => AsyncIterable<string>;

export interface SnapshotOptions {
  readonly list: ListFiles;
  readonly keeper: FileKeeper;
  /** A workspace with more files is not kept whole: commands in it cannot be undone. */
  readonly mostFiles: number;
  /** Nor is one with more bytes in those files that are kept; left out: however many. */
  readonly mostBytes?: number;
}

/** Every file of the workspace at one moment, by absolute path. */
export type Snapshot = ReadonlyMap<string, KeptFile>;

/** Undefined = there are more files or bytes than are kept, or the signal was aborted. */
export async function takeSnapshot(
  { list, keeper, mostFiles, mostBytes = Infinity }: SnapshotOptions,
  signal: AbortSignal,
): Promise<Snapshot | undefined> {
  const states = new Map<string, KeptFile>();
  const running = new Set<Promise<void>>();
  const keep = async (path: string): Promise<void> => {
    const kept = await keeper.keep(path);
    if (kept !== undefined && kept.kind !== "missing") states.set(path, kept);
    if (kept?.kind === "kept") bytes += kept.size;
  };
  let [count, bytes] = [0, 0];
  for await (const path of list(signal)) {
    if (signal.aborted || ++count > mostFiles || bytes > mostBytes) break;
    const one = keep(path).finally(() => running.delete(one));
    running.add(one);
    if (running.size >= AT_ONCE) await Promise.race(running);
  }
  await Promise.all(running);
  return signal.aborted || count > mostFiles || bytes > mostBytes ? undefined : states;
}

/** The files whose content differs between two moments, with both states. */
export function differences(
  before: Snapshot,
  after: Snapshot,
): readonly { readonly path: string; readonly before: KeptFile; readonly after: KeptFile }[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths
    .map((path) => ({ path, before: before.get(path) ?? missing, after: after.get(path) ?? missing }))
    .filter((pair) => !isSameContent(pair.before, pair.after))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}
