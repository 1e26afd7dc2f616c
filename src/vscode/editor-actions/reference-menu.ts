import * as vscode from "vscode";
import * as z from "zod";
import { t } from "../../protocol/localize.ts";
import { findInWorkspace } from "../open-reference.ts";

/** What VS Code gives a command of a webview's menu: the attribute `data-vscode-context` of what was pressed. */
const reference = z.object({
  path: z.string().min(1).max(10_000),
  line: z.coerce.number().int().positive().optional(),
});
type FileReference = z.infer<typeof reference>;

/** The file that the menu was opened on, in an answer. */
function referenceOf([given]: readonly unknown[]): FileReference | undefined {
  return reference.safeParse(given).data;
}

export async function fileOf(given: readonly unknown[]): Promise<vscode.Uri | undefined> {
  const asked = referenceOf(given);
  return asked === undefined ? undefined : findInWorkspace(asked.path);
}

/** Opens it beside the active editor; a file that is not there is told. */
export async function openToSide(given: readonly unknown[]): Promise<void> {
  const asked = referenceOf(given);
  const uri = asked === undefined ? undefined : await findInWorkspace(asked.path);
  if (asked === undefined || uri === undefined) {
    void vscode.window.showInformationMessage(t("There is no such file in the workspace."));
    return;
  }
  const position = new vscode.Position((asked.line ?? 1) - 1, 0);
  const selection = asked.line === undefined ? {} : { selection: new vscode.Range(position, position) };
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, ...selection });
}

/** As the answer names it, with the line. */
export async function copyPath(
  given: readonly unknown[],
  clipboard: Pick<vscode.Clipboard, "writeText"> = vscode.env.clipboard,
): Promise<void> {
  const asked = referenceOf(given);
  if (asked === undefined) return;
  await clipboard.writeText(asked.line === undefined ? asked.path : `${asked.path}:${asked.line}`);
}
