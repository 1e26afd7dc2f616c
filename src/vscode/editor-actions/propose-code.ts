import * as vscode from "vscode";
import * as z from "zod";
import { t } from "../../protocol/localize.ts";
import { requireTrust } from "../forms/require-trust.ts";
import { findInWorkspace } from "../open-reference.ts";
import type { EditProposals } from "./edit-proposals.ts";
import { placeCode, withCode } from "./place-code.ts";

const code = z.object({
  text: z.string().max(1_000_000),
  path: z.string().max(10_000).optional(),
  language: z.string().max(200).optional(),
});
type Code = z.infer<typeof code>;

export interface ApplyParts {
  readonly proposals: EditProposals;
  /** Whether the file may be changed; where the user has to be asked, they are, and where not, they are told. */
  readonly mayChange: (uri: vscode.Uri) => Promise<boolean>;
}

/**
 * Shows what a code block would make of the file that it names, or of the active editor's; its selection is what it
 * replaces. Without either it becomes a new file that is nowhere on disk.
 */
export async function proposeCode([given]: readonly unknown[], parts: ApplyParts): Promise<void> {
  const asked = code.safeParse(given).data;
  if (asked === undefined || !requireTrust(t("Outcrop changes files in a trusted workspace only."))) return;
  const uri = asked.path === undefined ? undefined : await findInWorkspace(asked.path);
  const target = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (asked.path !== undefined && uri === undefined) {
    void vscode.window.showInformationMessage(
      t("There is no file of that name in the workspace: it is a new one here."),
    );
    return openNew(asked);
  }
  if (target === undefined) return openNew(asked);
  if (!(await parts.mayChange(target))) return;
  await propose(await vscode.workspace.openTextDocument(target), asked, parts.proposals);
}

async function propose(document: vscode.TextDocument, asked: Code, proposals: EditProposals): Promise<void> {
  const before = document.getText();
  const after = replaced(document, asked.text);
  const again = () => propose(document, asked, proposals);
  await proposals.propose({ document, before, after: endedAs(document, after), verb: "apply", again });
}

function replaced(document: vscode.TextDocument, text: string): string {
  const before = document.getText();
  const { activeTextEditor: editor } = vscode.window;
  const selection = editor?.document === document ? editor.selection : undefined;
  if (selection === undefined || selection.isEmpty)
    return withCode(before, placeCode(text, before, selection?.start.line));
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const last = before.slice(start, end).endsWith("\n") && !text.endsWith("\n") ? "\n" : "";
  return before.slice(0, start) + text + last + before.slice(end);
}

/** With the ends of lines that the document has. */
export function endedAs({ eol }: vscode.TextDocument, text: string): string {
  return text.replace(/\r?\n/gu, eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n");
}

async function openNew({ text, path, language }: Code): Promise<void> {
  const known = await vscode.languages.getLanguages();
  const ending = /\.(\w+)$/u.exec(path ?? "")?.[1] ?? "";
  const id = [language ?? "", ending].map((name) => name.toLowerCase()).find((name) => known.includes(name));
  const document = await vscode.workspace.openTextDocument({
    content: text,
    ...(id !== undefined && { language: id }),
  });
  await vscode.window.showTextDocument(document, { preview: false });
}
