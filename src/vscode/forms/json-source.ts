import { basename } from "node:path";
import * as vscode from "vscode";
import { ToolError } from "../../agent/tool.ts";
import { formatNumber, t } from "../../protocol/localize.ts";
import type { FilesGuard } from "../../tools/files-guard.ts";

/** Characters of what is extracted from: some 100,000 tokens. */
const mostText = 400_000;

/** What is read: a file, or a part of it. */
export interface JsonSource {
  readonly document: vscode.TextDocument;
  /** Undefined: the whole. */
  readonly selection: vscode.Selection | undefined;
}

/** The file that the command was opened on, else the selection or the file of the editor, else one that the user picks. Undefined: none. */
export async function pickSource(given: unknown): Promise<JsonSource | undefined> {
  if (given instanceof vscode.Uri) return { document: await openText(given), selection: undefined };
  const { activeTextEditor: editor } = vscode.window;
  if (editor !== undefined && !editor.selection.isEmpty) {
    return { document: editor.document, selection: editor.selection };
  }
  if (editor === undefined) return pickFile();
  const current = { label: `$(file) ${basename(editor.document.uri.path)}`, description: t("the whole file") };
  const other = { label: t("$(folder-opened) Another File…") };
  const title = t("Outcrop: Select the Text to Extract From");
  const picked = await vscode.window.showQuickPick([current, other], { title, ignoreFocusOut: true });
  if (picked === undefined) return undefined;
  return picked === current ? { document: editor.document, selection: undefined } : pickFile();
}

async function pickFile(): Promise<JsonSource | undefined> {
  const options = { title: t("Outcrop: Extract to JSON"), openLabel: t("Extract From") };
  const [file] = (await vscode.window.showOpenDialog(options)) ?? [];
  return file === undefined ? undefined : { document: await openText(file), selection: undefined };
}

async function openText(uri: vscode.Uri): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    throw new ToolError(t("{0} cannot be opened as text.", basename(uri.path)));
  }
}

/** The text, with the file's secrets masked. Throws a `ToolError` for files of keys, ignored ones, and what is too long or empty. */
export async function readSource({ document, selection }: JsonSource, guard: FilesGuard): Promise<string> {
  const { uri } = document;
  const name = basename(uri.path);
  if (uri.scheme === "file" && (await guard.isWithheld(uri.fsPath, uri.fsPath))) {
    throw new ToolError(t("{0} is not sent: it holds keys, or is ignored by .outcropignore.", name));
  }
  // Line for line, so that a selection has the same lines of it; one that cuts a line may cut a secret in two.
  const lines = guard.mask(document.getText(), uri.fsPath).split("\n");
  const text = selection === undefined ? lines.join("\n") : selected(document, selection, lines, guard);
  if (text.trim() === "") throw new ToolError(t("{0} has no text to extract from.", name));
  if (text.length <= mostText) return text;
  throw new ToolError(
    t(
      "{0} has {1} characters, more than the {2} that are sent. Select a part of it.",
      name,
      formatNumber(text.length),
      formatNumber(mostText),
    ),
  );
}

/** Whole lines where something is masked in them. */
function selected(
  document: vscode.TextDocument,
  selection: vscode.Selection,
  masked: readonly string[],
  guard: FilesGuard,
): string {
  const wanted = masked.slice(selection.start.line, selection.end.line + 1).map((line) => line.replace(/\r$/u, ""));
  const plain = Array.from({ length: wanted.length }, (_, index) => document.lineAt(selection.start.line + index).text);
  if (wanted.some((line, index) => line !== plain[index])) return wanted.join("\n");
  return guard.mask(document.getText(selection), document.uri.fsPath);
}
