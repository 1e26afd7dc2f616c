import type { Stats } from "node:fs";
import { type FileHandle, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { ToolError } from "../agent/tool.ts";
import { detectBinary, SNIFFED_BYTES } from "./detect-binary.ts";
import { entryNames, nearNames } from "./near-names.ts";
import { expectedPath, openNoFollow, staleError } from "./open-no-follow.ts";
import type { ResolvedPath } from "./resolve-path.ts";
import { utf16ByMark } from "./text-encoding.ts";

const LISTED_ENTRIES = 40;

/** A regular file that is open, and the bytes that it begins with. */
export interface OpenedFile {
  readonly handle: FileHandle;
  readonly head: Uint8Array;
  /** In bytes. */
  readonly size: number;
}

/**
 * Opens a regular file. Whatever could block or has no end (pipe, socket, device) is refused without being opened.
 * `canonical` is where the path led when the call was prepared: it must lead there still.
 * Throws a `ToolError`: E_PATH for what is no file, E_STALE for what lies elsewhere now. The caller closes the handle.
 */
export async function openFile(file: ResolvedPath, canonical?: string): Promise<OpenedFile> {
  const expected = canonical ?? (await expectedPath(file.path));
  if ((await expectedPath(file.path)) !== expected) throw staleError(file.path);
  requireFile(await statOf(file), file, await entriesIfFolder(file));
  const handle = await openNoFollow(file.path, { canonical: expected }).catch((error: unknown) => {
    if (error instanceof ToolError) throw error;
    throw new ToolError(`${file.shown} cannot be opened: ${reasonOf(error)}`);
  });
  try {
    const stats = await handle.stat();
    requireFile(stats, file, []);
    const head = Buffer.alloc(SNIFFED_BYTES);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return { handle, head: head.subarray(0, bytesRead), size: stats.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** As `openFile`, for text by its beginning. Throws a `ToolError` with E_BINARY, type and size for what is none. */
export async function openTextFile(file: ResolvedPath, canonical?: string): Promise<FileHandle> {
  const { handle, head, size } = await openFile(file, canonical);
  const type = binaryType(head);
  if (type === undefined) return handle;
  await handle.close();
  throw binaryError(file, type, size);
}

/** What a file that begins with these bytes is where its lines cannot be read, with its article. */
export function binaryType(head: Uint8Array): string | undefined {
  return utf16ByMark(head) === undefined ? detectBinary(head) : undefined;
}

/**
 * Before anyone is asked: a pipe, socket or device is refused with E_PATH, and so is a loop of links, or a folder
 * outside the workspace, whose entries are not told. Whatever else is wrong shows when the file is opened.
 */
export async function refuseNoFile(file: ResolvedPath): Promise<void> {
  const stats = await stat(file.path).catch((error: unknown) => {
    if (codeOf(error) === "ELOOP") throw loopError(file);
    return undefined;
  });
  if (stats === undefined) return;
  if (!stats.isDirectory() || file.folder === undefined) requireFile(stats, file, []);
}

export function binaryError(file: ResolvedPath, type: string, bytes: number): ToolError {
  return new ToolError(
    `E_BINARY ${file.shown} is ${type}, ${bytes.toLocaleString("en")} bytes. Only UTF-8, UTF-16 and windows-1252 (Latin-1) text can be read as lines.`,
  );
}

/** `stat` that follows links. Throws a `ToolError` for what is not there, with near names, and for a loop of links. */
export async function statOf(file: ResolvedPath): Promise<Stats> {
  try {
    return await stat(file.path);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") throw await missingError(file);
    if (code === "ELOOP") throw loopError(file);
    throw new ToolError(`E_PATH ${file.shown} cannot be opened: ${reasonOf(error)}`);
  }
}

function loopError(file: ResolvedPath): ToolError {
  return new ToolError(`${file.shown} is a link that leads back to itself.`, "E_PATH");
}

async function missingError(file: ResolvedPath): Promise<ToolError> {
  const near = await nearNames(dirname(file.path), basename(file.path));
  const hint =
    near.length === 0 ? "Use list_files or search_files to find it." : `Similar names beside it: ${near.join(", ")}`;
  return new ToolError(`${file.shown} does not exist. ${hint}`);
}

async function entriesIfFolder(file: ResolvedPath): Promise<readonly string[]> {
  return (await statOf(file)).isDirectory() ? entryNames(file.path) : [];
}

function requireFile(stats: Stats, file: ResolvedPath, entries: readonly string[]): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) throw new ToolError(folderMessage(file, entries));
  throw new ToolError(`E_PATH ${file.shown} is ${kindOf(stats)}, not a file.`);
}

function folderMessage(file: ResolvedPath, entries: readonly string[]): string {
  const left = entries.length - LISTED_ENTRIES;
  const listed = entries.toSorted().slice(0, LISTED_ENTRIES).join(", ");
  const holds = entries.length === 0 ? "" : ` It holds: ${listed}${left > 0 ? ` and ${left} more` : ""}`;
  return `E_PATH ${file.shown} is a folder, not a file.${holds}`;
}

function kindOf(stats: Stats): string {
  if (stats.isFIFO()) return "a pipe";
  if (stats.isSocket()) return "a socket";
  return "a device";
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
