import * as vscode from "vscode";
import { t } from "../../protocol/localize.ts";
import type { PromptTaker } from "./ask-about.ts";
import { parsePromptLink } from "./parse-prompt-link.ts";

/** Puts the prompt of a link into the composer. Nothing is sent. */
export async function openPromptLink([given]: readonly unknown[], chat: PromptTaker): Promise<void> {
  const text = given instanceof vscode.Uri ? parsePromptLink(given.path, given.query) : undefined;
  if (text !== undefined) return chat.prefill({ text, attachments: [] });
  void vscode.window.showWarningMessage(t("Outcrop cannot open this link: it holds no prompt."));
}
