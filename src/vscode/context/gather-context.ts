import * as vscode from "vscode";
import { ToolError } from "../../agent/tool.ts";
import type { ContextReference } from "../../protocol/attachment.ts";
import { t } from "../../protocol/localize.ts";
import type { ContextReader, GatheredContext } from "../../tools/context/read-context.ts";
import { selectionIn } from "./editor-selection.ts";
import { openFilePaths } from "./open-file-paths.ts";
import { pastedLabel } from "./provisional-label.ts";
import { terminalSelection } from "./terminal-selection.ts";
import { uploadedFile } from "./uploaded-file.ts";

const mostEditors = 20;

/** Finds and reads what was named. `number`: of pasted texts, counted. Throws a `ToolError` whose first sentence users are told. */
export async function gatherContext(
  reference: ContextReference,
  reader: ContextReader,
  number: () => number,
): Promise<readonly GatheredContext[]> {
  switch (reference.kind) {
    case "file":
      return [await reader.file(reference.path)];
    case "folder":
      return [await reader.folder(reference.path)];
    case "symbol":
      return [await reader.symbol(reference.name, reference.path, pickLines(reference))];
    case "problems":
      return [await reader.problems()];
    case "changes":
      return [await reader.changes()];
    case "url":
      return [await reader.page(reference.url)];
    case "selection":
      return [activeSelection()];
    case "terminal":
      return [await terminalSelection()];
    case "editors":
      return readEditors(reader);
    case "uri":
      return [await readUri(reference.uri, reader)];
    case "pasted":
      return [{ kind: "pasted", label: pastedLabel(reference.text, number()), text: reference.text, language: "" }];
    case "upload":
      return [uploadedFile(reference.name, reference.data)];
  }
}

function pickLines({ startLine, endLine }: { readonly startLine: number; readonly endLine: number }) {
  return { startLine, endLine: Math.max(startLine, endLine) };
}

function activeSelection(): GatheredContext {
  const editor = vscode.window.activeTextEditor;
  const selected = editor === undefined ? undefined : selectionIn(editor);
  if (selected === undefined) throw new ToolError(t("Nothing is selected in the editor."));
  return selected;
}

/** Those that may be read; where none may, the reason of the first. */
async function readEditors(reader: ContextReader): Promise<readonly GatheredContext[]> {
  const paths = openFilePaths().slice(0, mostEditors);
  if (paths.length === 0) throw new ToolError(t("No editor shows a file."));
  const read: GatheredContext[] = [];
  let first: unknown;
  for (const path of paths) {
    try {
      read.push(await reader.file(path));
    } catch (error) {
      first ??= error;
    }
  }
  if (read.length === 0) throw first;
  return read;
}

async function readUri(text: string, reader: ContextReader): Promise<GatheredContext> {
  const uri = vscode.Uri.parse(text, false);
  if (uri.scheme === "http" || uri.scheme === "https") return reader.page(text);
  if (uri.scheme !== "file" && uri.scheme !== "vscode-remote")
    throw new ToolError(t("Only files on disk can be attached."));
  const { fsPath } = vscode.Uri.file(uri.path);
  const path = vscode.workspace.asRelativePath(vscode.Uri.file(fsPath));
  const { type } = await vscode.workspace.fs.stat(vscode.Uri.file(fsPath)).then(undefined, () => {
    throw new ToolError(t("There is no such file."));
  });
  return (type & vscode.FileType.Directory) === 0 ? reader.file(path) : reader.folder(path);
}
