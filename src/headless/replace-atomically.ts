import { randomBytes } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { type FileHandle, link, lstat, open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ToolError } from "../agent/tool.ts";
import { identityOf, isSameFile, openNoFollow, pathThrough, staleError } from "../tools/open-no-follow.ts";
import { openOrMakeFolder } from "./open-or-make-folder.ts";

const NEW_FILE_MODE = 0o666;
const PRIVATE_MODE = 0o600;
const OWNER_MAY_WRITE = 0o200;

export interface Replacement {
  /** As the call names it, for messages. */
  readonly path: string;
  /** Real path; folders above it may be missing. */
  readonly canonical: string;
  readonly bytes: Uint8Array;
  /** Looks at the file that is there now, undefined = none, and throws where it is not the expected one. */
  check(present: FileHandle | undefined): Promise<void>;
}

/**
 * Writes a file beside the old one and puts it in its place: all or nothing, with the old one's mode. Links are
 * followed nowhere. Throws a `ToolError` where the place is stale or the disk refuses.
 */
export async function replaceAtomically(replacement: Replacement): Promise<void> {
  const { path, canonical } = replacement;
  try {
    const folder = await openOrMakeFolder(dirname(canonical));
    try {
      await replaceIn(folder, replacement);
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (error instanceof ToolError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolError(`${path} could not be written, and was left as it was: ${reason}`);
  }
}

async function replaceIn(folder: FileHandle, replacement: Replacement): Promise<void> {
  const { path, canonical, bytes } = replacement;
  const place = pathThrough(folder, dirname(canonical));
  const leaf = join(place, basename(canonical));
  const old = await checkPresent(replacement, leaf);
  // In the same folder, so that it is on the same volume; the name cannot be guessed, and a file of that name is an error.
  const temporary = join(place, `.outcrop-${randomBytes(12).toString("hex")}.tmp`);
  try {
    await writeNew(temporary, bytes, old);
    if (old === undefined) await putNew(temporary, leaf, path);
    else {
      const now = await lstat(leaf, { bigint: true }).catch(() => undefined);
      const isSame = now !== undefined && isSameFile(old.identity, { device: now.dev, inode: now.ino });
      if (!isSame || now.mtimeNs !== old.changed) throw staleError(path);
      await rename(temporary, leaf);
    }
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  // So that the new name is on disk as well; some file systems have no such thing.
  await folder.sync().catch(() => undefined);
}

interface OldFile {
  readonly stats: Stats;
  readonly identity: Awaited<ReturnType<typeof identityOf>>;
  /** Nanoseconds; a change between the look and the rename shows. */
  readonly changed: bigint;
}

async function checkPresent({ path, canonical, check }: Replacement, leaf: string): Promise<OldFile | undefined> {
  const entry = await lstat(leaf).catch(() => undefined);
  if (entry === undefined) {
    await check(undefined);
    return undefined;
  }
  if (!entry.isFile()) throw staleError(path);
  const handle = await openNoFollow(canonical, { canonical });
  try {
    const { mtimeNs } = await handle.stat({ bigint: true });
    const old = { stats: await handle.stat(), identity: await identityOf(handle), changed: mtimeNs };
    await check(handle);
    // A rename would replace it all the same.
    if ((old.stats.mode & OWNER_MAY_WRITE) === 0) throw new ToolError(`${path} is read-only. Nothing was written.`);
    return old;
  } finally {
    await handle.close();
  }
}

/** Private until all of it is there; then the mode and, where this user may, the owner of the old file. */
async function writeNew(temporary: string, bytes: Uint8Array, old: OldFile | undefined): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  const handle = await open(temporary, flags, PRIVATE_MODE);
  try {
    await handle.writeFile(bytes);
    const now = await handle.stat();
    if (old !== undefined && (now.uid !== old.stats.uid || now.gid !== old.stats.gid)) {
      await handle.chown(old.stats.uid, old.stats.gid).catch(() => undefined);
    }
    await handle.chmod(old === undefined ? NEW_FILE_MODE & ~process.umask() : old.stats.mode & 0o7777);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A link instead of a rename, so that a file that came into being meanwhile is not overwritten. */
async function putNew(temporary: string, leaf: string, path: string): Promise<void> {
  try {
    await link(temporary, leaf);
    await unlink(temporary);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw staleError(path, "does not have the content that it had");
    if ((await lstat(leaf).catch(() => undefined)) !== undefined) throw error;
    // A volume without hard links.
    await rename(temporary, leaf);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
