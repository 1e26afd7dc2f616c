import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import * as vscode from "vscode";
import type { PromptAttachment } from "../../chat/prompt.ts";

/** Lines of a document, counted from 0, the last included. */
export interface LineSpan {
  readonly first: number;
  readonly last: number;
}

/** `text`: the document's, where it is given masked. */
export function documentAttachment(
  document: vscode.TextDocument,
  span: LineSpan | undefined,
  text: string = document.getText(),
): PromptAttachment {
  const { first, last } = span ?? { first: 0, last: Math.max(0, document.lineCount - 1) };
  const name = basename(document.uri.path);
  const [startLine, endLine] = [first + 1, last + 1];
  return {
    id: randomUUID(),
    kind: span === undefined ? "file" : "selection",
    label: span === undefined ? name : `${name}:${startLine === endLine ? startLine : `${startLine}-${endLine}`}`,
    path: vscode.workspace.asRelativePath(document.uri),
    ...(span !== undefined && { startLine, endLine }),
    text: text
      .split(/\r?\n/u)
      .slice(first, last + 1)
      .join("\n"),
    language: document.languageId,
  };
}
