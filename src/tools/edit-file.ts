import * as z from "zod";
import { defineTool, type Tool, ToolError, textResult } from "../agent/tool.ts";
import { countChange } from "./describe-change.ts";
import type { FilesGuard } from "./files-guard.ts";
import { MOST_BYTES, prepareFailure, prepareWrite, textOf, writeLimits } from "./prepare-write.ts";
import { replaceOnce } from "./replace-once.ts";
import { resolvePath } from "./resolve-path.ts";
import type { FileSnapshot, TextFiles } from "./text-files.ts";
import type { Workspace } from "./workspace.ts";

const input = z
  .object({
    path: z
      .string()
      .describe("File to change: relative to the workspace (with several folders open: folderName/path), or absolute."),
    old_text: z
      .string()
      .min(1)
      .describe(
        "The text to replace, letter by letter as read_file shows it, without line numbers. It must occur once.",
      ),
    new_text: z.string().describe("The text to put there; empty to delete."),
  })
  .strict();
type EditInput = z.infer<typeof input>;

/** Replaces one piece of a text file. */
export function createEditFile(workspace: Workspace, files: TextFiles, guard: FilesGuard): Tool {
  return defineTool({
    name: "edit_file",
    description:
      "Replaces one piece of a text file (UTF-8). old_text must match exactly and occur exactly once; give whole lines and as many around them as that takes. Line ends and the rest of the file stay as they are. The user is shown the difference first.",
    input,
    effect: "write",
    limits: writeLimits,
    streamingTitle: "Edit a file",
    async prepare(asked) {
      const file = await resolvePath(asked.path, workspace.folders());
      const snapshot = await files.look(file.path, MOST_BYTES);
      const title = `Editing ${file.shown}`;
      try {
        const { before, text, line } = planEdit(asked, snapshot, file.shown, guard);
        return prepareWrite(files, {
          ...{ file, snapshot, before, title },
          after: { text, hasMark: before.hasMark },
          question: `Edit ${file.shown}?`,
          success: (diff) => describeSuccess(file.shown, line, diff),
        });
      } catch (error) {
        if (error instanceof ToolError) return prepareFailure(file, snapshot, title, error);
        throw error;
      }
    },
  });
}

function planEdit({ old_text, new_text }: EditInput, snapshot: FileSnapshot, shown: string, guard: FilesGuard) {
  const before = textOf(snapshot, shown);
  if (before === undefined) throw new ToolError(`${shown} does not exist. Use write_file to create it.`);
  const { path } = snapshot;
  const unmarked = (text: string): string => guard.restore(text, { text: before.text, path }).replace(/^\ufeff/, "");
  return { before, ...replaceOnce(before, unmarked(old_text), unmarked(new_text), shown) };
}

function describeSuccess(shown: string, line: number, diff: string) {
  const change = countChange(diff);
  return {
    content: textResult(`Edited ${shown} at line ${line} (${change}).\n${diff}`),
    title: `Edited ${shown}, ${change}`,
  };
}
