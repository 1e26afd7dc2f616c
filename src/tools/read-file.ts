import type { FileHandle } from "node:fs/promises";
import * as z from "zod";
import { defineTool, type Tool, ToolError, type ToolSuccess, textResult } from "../agent/tool.ts";
import type { FilesGuard } from "./files-guard.ts";
import { expectedPath } from "./open-no-follow.ts";
import { binaryError, openTextFile, refuseNoFile } from "./open-text-file.ts";
import { type ResolvedPath, resolvePath } from "./resolve-path.ts";
import { RESULT_SIZE, sizeLimit } from "./result-size.ts";
import { type LineRange, NotTextError, readTextWindow, type TextEncoding, type TextWindow } from "./text-window.ts";
import type { Workspace } from "./workspace.ts";

const DEFAULT_LINES = 2000;
/** What first line and note may take of it. */
const FRAME_SIZE = 6000;
const READ_TIME_MS = 20_000;
const CHUNK_BYTES = 256 * 1024;

const input = z
  .object({
    path: z
      .string()
      .describe("File to read: relative to the workspace (with several folders open: folderName/path), or absolute."),
    startLine: z.int().min(1).optional().describe("First line to read, 1-based. Default: 1."),
    endLine: z
      .int()
      .min(1)
      .optional()
      .describe(
        `Last line to read, inclusive. Default: ${DEFAULT_LINES.toLocaleString("en")} lines from the first on.`,
      ),
  })
  .strict();

/** Reads a text file by lines; what an editor has unsaved wins over the disk. */
export function createReadFile(workspace: Workspace, guard: FilesGuard): Tool {
  return defineTool({
    name: "read_file",
    description:
      "Reads lines of a text file. The result begins with `PATH (lines A-B of N)`; each line follows as its number, a tab and its text. Unsaved changes in the editor are included. Read only the range you need of a long file.",
    input,
    effect: "read",
    limits: [
      `${DEFAULT_LINES.toLocaleString("en")} lines unless a range is asked for`,
      sizeLimit(),
      `${READ_TIME_MS / 1000} seconds`,
    ],
    streamingTitle: "Read a file",
    async prepare({ path, startLine, endLine }) {
      const start = startLine ?? 1;
      if (endLine !== undefined && endLine < start) {
        throw new ToolError(`endLine (${endLine}) is before startLine (${start}).`);
      }
      const file = await resolvePath(path, workspace.folders());
      await refuseNoFile(file);
      const canonical = await expectedPath(file.path);
      const range = { start, end: endLine ?? start + DEFAULT_LINES - 1 };
      return {
        title: `Reading ${file.shown}${askedRange(startLine, endLine)}`,
        effect: "read",
        targets: [{ path: file.path, access: "read", canonical }],
        subject: { question: `Read ${file.shown}?`, details: [{ label: "File", value: file.path }] },
        timeoutMs: READ_TIME_MS,
        async run({ signal }) {
          const unsaved = workspace.unsavedText(file.path);
          if (unsaved === undefined) {
            const mask = (text: string): string => guard.mask(text, canonical);
            const { window, encoding } = await readFromDisk(file, { canonical, range, mask }, signal);
            const note = encoding === "utf-8" ? "" : `, not UTF-8: read as ${encoding}`;
            return describeWindow(file, { ...range, endLine }, window, note);
          }
          const window = await readTextWindow(
            [Buffer.from(guard.mask(unsaved, canonical))],
            range,
            RESULT_SIZE - FRAME_SIZE,
          );
          return describeWindow(file, { ...range, endLine }, window, ", with unsaved changes in the editor");
        },
      };
    },
  });
}

interface DecodedWindow {
  readonly window: TextWindow;
  readonly encoding: TextEncoding;
}

interface MaskedRange {
  /** The real path that was looked at when the call was prepared. */
  readonly canonical: string;
  readonly range: LineRange;
  readonly mask: (text: string) => string;
}

/** Secrets are looked for in whole files, since a range may cut one in two; in larger ones only in what is handed on. */
const MASKED_BYTES = 4_000_000;

/** The whole text where a secret was masked in it. */
async function maskedText(
  handle: FileHandle,
  encoding: TextEncoding,
  mask: (text: string) => string,
): Promise<string | undefined> {
  const { size } = await handle.stat();
  if (size > MASKED_BYTES) return undefined;
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await handle.read(bytes, 0, size, 0);
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, bytesRead));
  const masked = mask(text);
  return masked === text ? undefined : masked;
}

/** A window that is no UTF-8 is read once more as windows-1252: the first byte that tells may lie behind the file's beginning. */
async function readFromDisk(
  file: ResolvedPath,
  { canonical, range, mask }: MaskedRange,
  signal: AbortSignal,
): Promise<DecodedWindow> {
  const handle = await openTextFile(file, canonical);
  const read = async (encoding: TextEncoding): Promise<DecodedWindow> => {
    const window = await readTextWindow(chunksOf(handle, signal), range, RESULT_SIZE - FRAME_SIZE, encoding);
    const text = await maskedText(handle, encoding, mask);
    if (text === undefined) return { window, encoding };
    return { window: await readTextWindow([Buffer.from(text)], range, RESULT_SIZE - FRAME_SIZE), encoding };
  };
  try {
    return await read("utf-8").catch((error: unknown) => {
      if (error instanceof NotTextError && error.encoding === "utf-8") return read("windows-1252");
      throw error;
    });
  } catch (error) {
    if (error instanceof NotTextError) throw binaryError(file, error.message, (await handle.stat()).size);
    throw error;
  } finally {
    await handle.close();
  }
}

async function* chunksOf(handle: FileHandle, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(CHUNK_BYTES);
  for (let position = 0; ; ) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

interface AskedRange extends LineRange {
  /** As the model gave it: what it did not ask for needs no note. */
  readonly endLine: number | undefined;
}

/** `origin` is said behind the counts: where the text comes from, or how it was decoded. */
function describeWindow(file: ResolvedPath, asked: AskedRange, window: TextWindow, origin: string): ToolSuccess {
  const { lines, total } = window;
  const count = `${total.kind === "atLeast" ? "more than " : ""}${total.lines}`;
  if (total.lines === 0) {
    return { content: textResult(`${file.shown} (empty${origin})`), title: `Read ${file.shown}, empty` };
  }
  if (lines.length === 0) {
    throw new ToolError(
      `${file.shown} has ${count} line${total.lines === 1 ? "" : "s"}; there is no line ${asked.start}.`,
    );
  }
  const last = asked.start + lines.length - 1;
  const numbered = lines.map((line, index) => `${asked.start + index}\t${line}`).join("\n");
  const header = `${file.shown} (lines ${asked.start}-${last} of ${count}${origin})`;
  const note = last < Math.min(asked.endLine ?? total.lines, total.lines) ? restNote(last, count) : "";
  return {
    content: textResult(`${header}\n${numbered}${note}`),
    title: `Read ${file.shown}, lines ${asked.start}–${last} of ${count}`,
  };
}

function restNote(last: number, count: string): string {
  return `\n(${count} lines in all; read on with startLine ${last + 1})`;
}

function askedRange(startLine: number | undefined, endLine: number | undefined): string {
  if (endLine !== undefined) return `, lines ${startLine ?? 1}–${endLine}`;
  return startLine === undefined ? "" : `, from line ${startLine}`;
}
