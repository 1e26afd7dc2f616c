import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Whether the volume that holds an existing folder takes two letter cases of a name for the same file. */
export type FoldsNames = (folder: string) => Promise<boolean>;

/** Tries it on names that exist, so that nothing is written; each folder once. */
export function createVolumeProbe(): FoldsNames {
  const known = new Map<string, Promise<boolean>>();
  return (folder) => {
    const answer = known.get(folder) ?? probe(folder);
    known.set(folder, answer);
    return answer;
  };
}

async function probe(folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch(() => []);
  const inner = entries.find((name) => otherCase(name) !== name);
  if (inner !== undefined) return isSame(join(folder, inner), join(folder, otherCase(inner)));
  const parent = dirname(folder);
  if (parent === folder) return false;
  const name = basename(folder);
  return otherCase(name) === name ? probe(parent) : isSame(folder, join(parent, otherCase(name)));
}

function otherCase(name: string): string {
  return name.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

async function isSame(one: string, other: string): Promise<boolean> {
  try {
    const [a, b] = await Promise.all([stat(one, { bigint: true }), stat(other, { bigint: true })]);
    return a.dev === b.dev && a.ino === b.ino;
  } catch {
    return false;
  }
}
