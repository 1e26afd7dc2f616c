import { basename } from "node:path";
import * as vscode from "vscode";
import { ToolError } from "../../agent/tool.ts";
import type { PromptAttachment } from "../../chat/prompt.ts";
import { formatNumber, t } from "../../protocol/localize.ts";
import type { FilesGuard } from "../../tools/files-guard.ts";
import { requireTrust } from "../forms/require-trust.ts";
import { selectionAttachment } from "../selection-attachment.ts";
import { listProblems } from "./problem-lines.ts";
import type { Subject } from "./subject.ts";
import { documentAttachment } from "./text-attachment.ts";

/** Characters of a file that is attached whole: some 50,000 tokens. */
const mostText = 200_000;
const mostFiles = 20;

/** The selection of the active editor, or, in a trusted workspace, its whole text; undefined: the user was told why not. `withProblems`: what is wrong there is said below the prompt. */
export async function editorSubject(guard: FilesGuard, withProblems: boolean): Promise<Subject | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new ToolError(t("Open a file, or select some text in one, first."));
  const { document, selection } = editor;
  const selected = selectionAttachment();
  // What is to be left out of a whole file is said by a file of the workspace.
  if (selected === undefined && !requireTrust(t("Outcrop attaches whole files in a trusted workspace only.")))
    return undefined;
  const attachment = selected ?? (await wholeFile(document, guard));
  const within = selected === undefined ? undefined : new vscode.Range(selection.start, selection.end);
  const kind = selected === undefined ? "file" : "selection";
  const detail = withProblems ? listProblems(problemsIn(document, within)) : "";
  return { kind, name: attachment.path ?? attachment.label, detail, attachments: [attachment] };
}

/** Files and folders of a menu. A folder is only named: the model looks into it with its tools. */
export async function filesSubject(targets: readonly vscode.Uri[], guard: FilesGuard): Promise<Subject> {
  const [first] = targets;
  if (first === undefined) throw new ToolError(t("No file is selected."));
  if (targets.length > mostFiles) throw new ToolError(t("At most {0} files are attached at once.", mostFiles));
  const name = vscode.workspace.asRelativePath(first);
  if (targets.length === 1 && (await isFolder(first))) return { kind: "folder", name, detail: "", attachments: [] };
  const attachments: PromptAttachment[] = [];
  const folders: string[] = [];
  for (const target of targets) {
    if (await isFolder(target)) folders.push(`- the folder \`${vscode.workspace.asRelativePath(target)}\``);
    else attachments.push(await wholeFile(await openText(target), guard));
  }
  return { kind: targets.length === 1 ? "file" : "files", name, detail: folders.join("\n"), attachments };
}

/** With the file's secrets masked. Throws a `ToolError` for files of keys, ignored ones, and what is too long or empty. */
async function wholeFile(document: vscode.TextDocument, guard: FilesGuard): Promise<PromptAttachment> {
  const { uri } = document;
  const name = basename(uri.path);
  if (uri.scheme === "file" && (await guard.isWithheld(uri.fsPath, uri.fsPath))) {
    throw new ToolError(t("{0} is not attached: it holds keys, or is ignored by .outcropignore.", name));
  }
  const text = document.getText();
  if (text.trim() === "") throw new ToolError(t("{0} is empty.", name));
  if (text.length > mostText) {
    const [has, most] = [formatNumber(text.length), formatNumber(mostText)];
    throw new ToolError(
      t("{0} has {1} characters, more than the {2} that are attached. Select a part of it.", name, has, most),
    );
  }
  return documentAttachment(document, undefined, guard.mask(text, uri.fsPath));
}

async function openText(uri: vscode.Uri): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    throw new ToolError(t("{0} cannot be opened as text.", basename(uri.path)));
  }
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

function problemsIn(document: vscode.TextDocument, within: vscode.Range | undefined): readonly vscode.Diagnostic[] {
  const all = vscode.languages.getDiagnostics(document.uri);
  return within === undefined ? all : all.filter(({ range }) => range.intersection(within) !== undefined);
}
