import * as z from "zod";
import { defineTool, type Tool, type ToolSuccess } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import type { FilesGuard } from "./files-guard.ts";
import { expectedPath } from "./open-no-follow.ts";
import { binaryError, binaryType, openFile, refuseNoFile } from "./open-text-file.ts";
import { askedRanges, rangesTitle } from "./reading/asked-ranges.ts";
import { describeLines } from "./reading/describe-lines.ts";
import { type LinesWanted, linesOfFile, linesOfText, type ReadLines } from "./reading/read-lines.ts";
import { readMedia } from "./reading/read-media.ts";
import { type ResolvedPath, resolvePath } from "./resolve-path.ts";
import { sizeLimit } from "./result-size.ts";
import { NotTextError } from "./text-window.ts";
import type { Workspace } from "./workspace.ts";

const DEFAULT_LINES = "2,000";
const MOST_RANGES = 20;
const READ_TIME_MS = 20_000;

const line = z.int().min(1);
const input = z
  .object({
    path: z
      .string()
      .describe("File to read: relative to the workspace (with several folders open: folderName/path), or absolute."),
    startLine: line.optional().describe("First line to read, 1-based. Default: 1."),
    endLine: line
      .optional()
      .describe(`Last line to read, inclusive. Default: ${DEFAULT_LINES} lines from the first on.`),
    ranges: z
      .array(z.object({ startLine: line, endLine: line }).strict())
      .min(1)
      .max(MOST_RANGES)
      .optional()
      .describe("Several ranges of lines of the file in one call, instead of startLine and endLine."),
  })
  .strict();

/** Reads a text file by lines, an image or a PDF document; what an editor has unsaved wins over the disk. */
export function createReadFile(workspace: Workspace, guard: FilesGuard): Tool {
  return defineTool({
    name: "read_file",
    description:
      "Reads lines of a text file, or an image (PNG, JPEG, GIF, WebP) or PDF document as such. The result begins with `PATH (lines A-B of N)`; each line follows as its number, a tab and its text; several ranges follow each other. Unsaved changes in the editor are included. Read only the ranges you need of a long file.",
    input,
    effect: "read",
    limits: [
      `${DEFAULT_LINES} lines unless a range is asked for, ${MOST_RANGES} ranges`,
      sizeLimit(),
      "images of 3.75 MB and 8,000 pixels a side, PDF documents of 4.5 MB",
      `${READ_TIME_MS / 1000} seconds`,
    ],
    streamingTitle: t("Read a file"),
    async prepare({ path, ...lines }) {
      const ranges = askedRanges(lines);
      const file = await resolvePath(path, workspace.folders());
      await refuseNoFile(file);
      const canonical = await expectedPath(file.path);
      return {
        title: t("Reading {0}{1}", file.shown, rangesTitle(lines)),
        effect: "read",
        targets: [{ path: file.path, access: "read", canonical }],
        subject: { question: t("Read {0}?", file.shown), details: [{ label: t("File"), value: file.path }] },
        timeoutMs: READ_TIME_MS,
        async run({ signal }) {
          const { shown } = file;
          const wanted: LinesWanted = { ranges, mask: (text) => guard.mask(text, canonical) };
          const unsaved = workspace.unsavedText(file.path);
          if (unsaved !== undefined) {
            const windows = await linesOfText(unsaved, wanted);
            return describeLines({ shown, ranges, windows, origin: ", with unsaved changes in the editor" });
          }
          const read = await readFromDisk(file, canonical, wanted, signal);
          return "title" in read ? read : describeLines({ shown, ranges, windows: read.windows, origin: read.note });
        },
      };
    },
  });
}

async function readFromDisk(
  file: ResolvedPath,
  canonical: string,
  wanted: LinesWanted,
  signal: AbortSignal,
): Promise<ReadLines | ToolSuccess> {
  const opened = await openFile(file, canonical);
  const { handle, head, size } = opened;
  try {
    signal.throwIfAborted();
    const media = await readMedia(file, opened);
    if (media !== undefined) return media;
    const type = binaryType(head);
    if (type !== undefined) throw binaryError(file, type, size);
    return await linesOfFile(handle, head, wanted, signal);
  } catch (error) {
    if (error instanceof NotTextError) throw binaryError(file, error.message, size);
    throw error;
  } finally {
    await handle.close();
  }
}
