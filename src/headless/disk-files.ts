import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { lstat } from "node:fs/promises";
import { ToolError } from "../agent/tool.ts";
import { canonicalPath } from "../policy/canonical-path.ts";
import { identityOf, openNoFollow, staleError } from "../tools/open-no-follow.ts";
import type { FileSnapshot, FileState, TextFiles } from "../tools/text-files.ts";
import { replaceAtomically } from "./replace-atomically.ts";

/** Files on disk. Writes to one file wait for each other. */
export class DiskFiles implements TextFiles {
  readonly #writes = new Map<string, Promise<void>>();

  async look(path: string, mostBytes: number): Promise<FileSnapshot> {
    const canonical = await canonicalPath(path).catch(() => {
      throw new ToolError(`${path} is a link that leads back to itself.`, "E_PATH");
    });
    return { path, canonical, state: await stateOf(canonical, path, mostBytes) };
  }

  async replace(snapshot: FileSnapshot, bytes: Uint8Array): Promise<undefined> {
    const { canonical } = snapshot;
    const before = this.#writes.get(canonical) ?? Promise.resolve();
    const write = before.catch(() => undefined).then(() => replaceNow(snapshot, bytes));
    this.#writes.set(canonical, write);
    try {
      await write;
      return undefined;
    } finally {
      if (this.#writes.get(canonical) === write) this.#writes.delete(canonical);
    }
  }
}

async function replaceNow({ path, canonical, state }: FileSnapshot, bytes: Uint8Array): Promise<void> {
  if ((await canonicalPath(path).catch(() => undefined)) !== canonical) throw staleError(path);
  await replaceAtomically({
    ...{ path, canonical, bytes },
    check: async (present) => {
      if (!(await isUnchanged(state, present))) throw staleError(path, "does not have the content that it had");
    },
  });
}

async function isUnchanged(state: FileState, present: FileHandle | undefined): Promise<boolean> {
  if (state.kind !== "file" || present === undefined) return state.kind === "missing" && present === undefined;
  // Of a file that has grown without bounds not a byte is read.
  return (await present.stat()).size === state.bytes.length && (await versionOf(present)) === state.version;
}

async function stateOf(canonical: string, path: string, mostBytes: number): Promise<FileState> {
  const stats = await lstat(canonical).catch(() => undefined);
  if (stats === undefined) return { kind: "missing" };
  if (stats.isDirectory()) throw new ToolError(`${path} is a folder, not a file.`, "E_PATH");
  if (!stats.isFile()) throw new ToolError(`${path} is a pipe, a socket or a device, not a file.`, "E_PATH");
  if (stats.size > mostBytes) return { kind: "tooLarge", size: stats.size };
  const handle = await openNoFollow(canonical, { canonical }).catch((error: unknown) => {
    if (error instanceof ToolError) throw error;
    throw new ToolError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, "E_PATH");
  });
  try {
    const bytes = await handle.readFile();
    return { kind: "file", bytes, version: await versionOf(handle, bytes), names: stats.nlink };
  } finally {
    await handle.close();
  }
}

/** Which file it is and what is in it. */
async function versionOf(handle: FileHandle, read?: Uint8Array): Promise<string> {
  const { device, inode } = await identityOf(handle);
  const bytes = read ?? (await handle.readFile());
  return `${device} ${inode} ${createHash("sha256").update(bytes).digest("hex")}`;
}
