import { constants } from "node:fs";
import { type FileHandle, lstat, open, readlink, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ToolError } from "../agent/tool.ts";

/** Which file it is, whatever its name. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
}

/** What a call was approved for. */
export interface ExpectedFile {
  /** Real path, links resolved. */
  readonly canonical: string;
}

/** Where the path leads now: links resolved for what exists, of the deepest folder that exists for the rest. */
export async function expectedPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await expectedPath(parent), basename(path));
  }
}

/**
 * Opens a file for reading if the path still leads where it led: no link in the last place, the same folders above
 * it. Never waits for a pipe.
 * Throws a `ToolError` with E_STALE where anything differs; the caller closes the handle.
 */
export async function openNoFollow(path: string, { canonical }: ExpectedFile): Promise<FileHandle> {
  if ((await expectedPath(path)) !== canonical) throw staleError(path);
  // Windows has neither flag; there the comparison behind the opening is all.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
  const handle = await open(canonical, flags).catch((error: unknown) => {
    if (isCode(error, "ELOOP") || isCode(error, "EMLINK")) throw staleError(path);
    throw error;
  });
  try {
    await requirePlace(handle, await identityOf(handle), canonical, path);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Opens a folder by its real path, for what is done in it next. Throws as `openNoFollow`. */
export async function openFolder(canonical: string): Promise<FileHandle> {
  const flags = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);
  const handle = await open(canonical, flags).catch(() => {
    throw staleError(canonical);
  });
  try {
    await requirePlace(handle, await identityOf(handle), canonical, canonical);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A path by which names in an open folder are reached even if the folder is moved; where there is none, its own path. */
export function pathThrough(folder: FileHandle, canonical: string): string {
  return process.platform === "linux" ? `/proc/self/fd/${folder.fd}` : canonical;
}

export async function identityOf(handle: FileHandle): Promise<FileIdentity> {
  const { dev, ino } = await handle.stat({ bigint: true });
  return { device: dev, inode: ino };
}

export function isSameFile(one: FileIdentity, other: FileIdentity): boolean {
  return one.device === other.device && one.inode === other.inode;
}

/** The path leads elsewhere, or its content is another, than when the call was shown. */
export function staleError(path: string, what = "does not lead where it led"): ToolError {
  return new ToolError(`${path} ${what} when this call was prepared. Nothing was done; look again.`, "E_STALE");
}

/** A folder above may have been replaced between the look at the path and the opening. */
async function requirePlace(handle: FileHandle, opened: FileIdentity, canonical: string, path: string): Promise<void> {
  if (process.platform === "linux") {
    const place = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => undefined);
    if (place !== undefined && place !== canonical) throw staleError(path);
    if (place !== undefined) return;
  }
  const now = await realpath(canonical).catch(() => undefined);
  if (now !== canonical) throw staleError(path);
  const { dev, ino } = await lstat(canonical, { bigint: true });
  if (!isSameFile({ device: dev, inode: ino }, opened)) throw staleError(path);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
