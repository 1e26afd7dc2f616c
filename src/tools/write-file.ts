import * as z from "zod";
import { defineTool, type Tool, ToolError, textResult } from "../agent/tool.ts";
import { plural, t } from "../protocol/localize.ts";
import type { ChangeDiagnostics } from "./change-diagnostics.ts";
import { countChange } from "./describe-change.ts";
import type { FilesGuard } from "./files-guard.ts";
import { type PlainText, withLineEnding } from "./plain-text.ts";
import { MOST_BYTES, type NewText, prepareFailure, prepareWrite, textOf, writeLimits } from "./prepare-write.ts";
import { resolvePath } from "./resolve-path.ts";
import type { TextFiles } from "./text-files.ts";
import type { Workspace } from "./workspace.ts";

const input = z
  .object({
    path: z
      .string()
      .describe("File to write: relative to the workspace (with several folders open: folderName/path), or absolute."),
    content: z.string().describe("The whole new content of the file."),
  })
  .strict();

/** Writes a whole text file, new or in place of an old one. */
export function createWriteFile(
  workspace: Workspace,
  files: TextFiles,
  guard: FilesGuard,
  diagnostics?: ChangeDiagnostics,
): Tool {
  return defineTool({
    name: "write_file",
    description:
      "Writes a whole text file, folders that are missing included; a new one is UTF-8, an old one keeps its encoding. To change a part of a file use edit_file. The user is shown the difference first; new errors and warnings of the editor come with the result.",
    input,
    effect: "write",
    limits: writeLimits,
    streamingTitle: t("Write a file"),
    async prepare({ path, content }) {
      const file = await resolvePath(path, workspace.folders());
      const snapshot = await files.look(file.path, MOST_BYTES);
      const title = t("Writing {0}", file.shown);
      try {
        const before = textOf(snapshot, file.shown);
        const restored =
          before === undefined ? content : guard.restore(content, { text: before.text, path: file.path });
        const after = keptForm(restored, before);
        if (before !== undefined && before.text === after.text) {
          throw new ToolError(`${file.shown} has exactly this content already. Nothing was written.`);
        }
        return prepareWrite(files, {
          ...{ file, snapshot, before, after, title, diagnostics },
          question: before === undefined ? t("Create {0}?", file.shown) : t("Overwrite {0}?", file.shown),
          success: (diff) => describeSuccess(file.shown, before === undefined, after.text, diff),
        });
      } catch (error) {
        if (error instanceof ToolError)
          return prepareFailure(file, snapshot, { title, intent: t("Write {0}", file.shown) }, error);
        throw error;
      }
    },
  });
}

/** A file keeps its encoding, its byte order mark and its Windows line ends, which models do not write. */
function keptForm(content: string, before: PlainText | undefined): NewText {
  const hasMark = content.startsWith("\ufeff") || (before?.hasMark ?? false);
  const text = content.replace(/^\ufeff/, "");
  const isWindows = before?.lineEnding === "\r\n" && !text.includes("\r\n");
  const encoding = before?.encoding ?? "utf-8";
  return { text: isWindows ? withLineEnding(text, "\r\n") : text, hasMark, encoding };
}

function describeSuccess(shown: string, isNew: boolean, text: string, diff: string) {
  const lines = text === "" ? 0 : text.split("\n").length - Number(text.endsWith("\n"));
  const count = `${lines} line${lines === 1 ? "" : "s"}`;
  const shownCount = plural(lines, "{0} line", "{0} lines");
  if (isNew)
    return { content: textResult(`Created ${shown} (${count}).`), title: t("Created {0}, {1}", shown, shownCount) };
  const change = countChange(diff);
  return { content: textResult(`Wrote ${shown} (${count}, ${change}).`), title: t("Wrote {0}, {1}", shown, change) };
}
