import * as z from "zod";
import { defineTool, type Tool, ToolError, textResult } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import type { ChangeDiagnostics } from "./change-diagnostics.ts";
import { countChange } from "./describe-change.ts";
import type { FilesGuard } from "./files-guard.ts";
import { MOST_BYTES, prepareFailure, prepareWrite, textOf, writeLimits } from "./prepare-write.ts";
import { replaceEach } from "./replace-each.ts";
import { resolvePath } from "./resolve-path.ts";
import type { FileSnapshot, TextFiles } from "./text-files.ts";
import type { Workspace } from "./workspace.ts";

const MOST_EDITS = 100;

const edit = z
  .object({
    old_text: z
      .string()
      .min(1)
      .describe(
        "The text to replace, letter by letter as read_file shows it, without line numbers. It must occur once.",
      ),
    new_text: z.string().describe("The text to put there; empty to delete."),
  })
  .strict();
const input = z
  .object({
    path: z
      .string()
      .describe("File to change: relative to the workspace (with several folders open: folderName/path), or absolute."),
    edits: z.array(edit).min(1).max(MOST_EDITS).describe("The replacements, made in this order; all of them or none."),
  })
  .strict();
type EditInput = z.infer<typeof input>;

/** Replaces pieces of a text file. */
export function createEditFile(
  workspace: Workspace,
  files: TextFiles,
  guard: FilesGuard,
  diagnostics?: ChangeDiagnostics,
): Tool {
  const tool = defineTool({
    name: "edit_file",
    description:
      "Replaces one or several pieces of a text file. Each old_text must match exactly and occur exactly once, in the text as the edits before it left it; give whole lines and as many around them as that takes. Line ends, encoding and the rest of the file stay as they are. The user is shown the difference first; new errors and warnings of the editor come with the result.",
    input,
    effect: "write",
    limits: [`${MOST_EDITS} replacements`, ...writeLimits],
    streamingTitle: t("Edit a file"),
    async prepare(asked) {
      const file = await resolvePath(asked.path, workspace.folders());
      const snapshot = await files.look(file.path, MOST_BYTES);
      const title = t("Editing {0}", file.shown);
      try {
        const { before, text, lines } = planEdits(asked, snapshot, file.shown, guard);
        return prepareWrite(files, {
          ...{ file, snapshot, before, title, diagnostics },
          after: { ...before, text },
          question: t("Edit {0}?", file.shown),
          success: (diff) => describeSuccess(file.shown, lines, diff),
        });
      } catch (error) {
        if (error instanceof ToolError)
          return prepareFailure(file, snapshot, { title, intent: t("Edit {0}", file.shown) }, error);
        throw error;
      }
    },
  });
  return { ...tool, prepare: (asked, signal) => tool.prepare(inEditsForm(asked), signal) };
}

/** Sessions of versions before `edits` hold calls with one `old_text` and `new_text`, which models go on to imitate. */
const singleEdit = z.object({ path: z.string(), old_text: z.string(), new_text: z.string() }).strict();

function inEditsForm(asked: unknown): unknown {
  const single = singleEdit.safeParse(asked);
  if (!single.success) return asked;
  const { path, ...one } = single.data;
  return { path, edits: [one] };
}

function planEdits({ edits }: EditInput, snapshot: FileSnapshot, shown: string, guard: FilesGuard) {
  const before = textOf(snapshot, shown);
  if (before === undefined) throw new ToolError(`${shown} does not exist. Use write_file to create it.`);
  const { path } = snapshot;
  const unmarked = (text: string): string => guard.restore(text, { text: before.text, path }).replace(/^\ufeff/, "");
  const wanted = edits.map(({ old_text, new_text }) => ({ oldText: unmarked(old_text), newText: unmarked(new_text) }));
  return { before, ...replaceEach(before, wanted, { shown, mask: (text) => guard.mask(text, path) }) };
}

function describeSuccess(shown: string, lines: readonly number[], diff: string) {
  const change = countChange(diff);
  const places = `line${lines.length === 1 ? "" : "s"} ${lines.join(", ")}`;
  return {
    content: textResult(`Edited ${shown} at ${places} (${change}).\n${diff}`),
    title: t("Edited {0}, {1}", shown, change),
  };
}
