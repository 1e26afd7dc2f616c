import * as vscode from "vscode";
import * as z from "zod";
import { ToolError } from "../../agent/tool.ts";
import { t } from "../../protocol/localize.ts";
import type { FilesGuard } from "../../tools/files-guard.ts";
import { listProblems } from "./problem-lines.ts";
import type { Subject } from "./subject.ts";
import { documentAttachment } from "./text-attachment.ts";

/** Lines around a problem that go along. */
const around = 10;

/** Of problems that lie far apart, those at the beginning. */
const mostLines = 400;

/** What a code action gives its command. */
const given = z.object({
  uri: z.custom<vscode.Uri>((value) => value instanceof vscode.Uri),
  diagnostics: z.array(z.custom<vscode.Diagnostic>((value) => value instanceof vscode.Diagnostic)).min(1),
});

/** The problems of a code action, else those at the cursor, with the code around them. */
export async function problemSubject([first]: readonly unknown[], guard: FilesGuard): Promise<Subject> {
  const asked = given.safeParse(first).data ?? problemsAtCursor();
  if (asked === undefined) throw new ToolError(t("There is no problem at the cursor."));
  const document = await vscode.workspace.openTextDocument(asked.uri);
  const { fsPath } = asked.uri;
  const name = vscode.workspace.asRelativePath(asked.uri);
  if (await guard.isWithheld(fsPath, fsPath)) {
    throw new ToolError(t("{0} is not attached: it holds keys, or is ignored by .outcropignore.", name));
  }
  const lines = asked.diagnostics.flatMap(({ range }) => [range.start.line, range.end.line]);
  const span = {
    first: Math.max(0, Math.min(...lines) - around),
    last: Math.min(document.lineCount - 1, Math.max(...lines) + around, Math.min(...lines) + mostLines),
  };
  const attachment = documentAttachment(document, span, guard.mask(document.getText(), fsPath));
  return {
    kind: "problem",
    name,
    detail: listProblems(asked.diagnostics),
    attachments: [attachment],
  };
}

function problemsAtCursor(): z.infer<typeof given> | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { uri } = editor.document;
  const all = vscode.languages.getDiagnostics(uri);
  const diagnostics = all.filter(({ range }) => range.intersection(editor.selection) !== undefined);
  return diagnostics.length === 0 ? undefined : { uri, diagnostics };
}
