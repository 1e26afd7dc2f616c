import { basename, dirname } from "node:path";
import * as vscode from "vscode";
import { GivenSchema, SchemaError } from "../../agent/json-schema/given-schema.ts";
import { t } from "../../protocol/localize.ts";

const mostListed = 200;

interface SchemaItem extends vscode.QuickPickItem {
  readonly from: "typed" | "picked" | vscode.Uri;
}

/** A schema of the workspace, of a file, or as it is typed. Undefined: none was picked. Throws `SchemaError`, with the file's name. */
export async function pickSchema(): Promise<GivenSchema | undefined> {
  const files = await vscode.workspace.findFiles("**/*.schema.json", "**/node_modules/**", mostListed);
  const listed = files
    .toSorted((one, other) => one.path.localeCompare(other.path))
    .map((uri): SchemaItem => {
      const folder = dirname(vscode.workspace.asRelativePath(uri));
      return { label: basename(uri.path), ...(folder !== "." && { description: folder }), from: uri };
    });
  const items: readonly SchemaItem[] = [
    ...listed,
    { label: t("$(folder-opened) Another File…"), from: "picked" },
    { label: t("$(edit) Type or Paste a Schema…"), from: "typed" },
  ];
  const title = t("Outcrop: Select a JSON Schema");
  const picked = await vscode.window.showQuickPick([...items], {
    title,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  if (picked.from === "typed") return typeSchema();
  return readFile(picked.from === "picked" ? await pickFile() : picked.from);
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: t("Outcrop: JSON Schema"),
      openLabel: t("Use Schema"),
      filters: { "JSON Schema": ["json"] },
    })) ?? [];
  return file;
}

/** As the editor has it, where it is open. */
async function readFile(uri: vscode.Uri | undefined): Promise<GivenSchema | undefined> {
  if (uri === undefined) return undefined;
  const name = basename(uri.path);
  const document = await vscode.workspace.openTextDocument(uri).then(undefined, () => undefined);
  if (document === undefined) throw new SchemaError(t("{0} cannot be opened as text.", name));
  try {
    return new GivenSchema(document.getText());
  } catch (error) {
    throw error instanceof SchemaError ? new SchemaError(`${name}: ${error.message}`) : error;
  }
}

async function typeSchema(): Promise<GivenSchema | undefined> {
  const text = await vscode.window.showInputBox({
    title: t("Outcrop: JSON Schema"),
    prompt: t("A JSON Schema, on one line or pasted"),
    placeHolder: '{"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}',
    ignoreFocusOut: true,
    validateInput: problemOf,
  });
  return text === undefined ? undefined : new GivenSchema(text);
}

function problemOf(text: string): string | undefined {
  try {
    return new GivenSchema(text) && undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
