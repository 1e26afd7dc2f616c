import * as vscode from "vscode";
import { makeVisible } from "../policy/display/make-visible.ts";
import type { ChatState } from "../protocol/chat-state.ts";
import { t } from "../protocol/localize.ts";
import { turnText } from "../protocol/turn-text.ts";
import { accessibilityHelp } from "./accessibility-help.ts";
import { TextDocuments } from "./support/text-documents.ts";

/** What screen readers can read line by line in an editor: the last response as plain text, and how the panel is worked. */
export class AccessibleDocuments implements vscode.Disposable {
  readonly #documents = new TextDocuments("outcrop-accessible", 2);

  dispose(): void {
    this.#documents.dispose();
  }

  /** The running response as far as it is there, else the last one. */
  async showResponse(chat: ChatState): Promise<void> {
    const turn = chat.current ?? chat.past.at(-1);
    if (turn === undefined) {
      void vscode.window.showInformationMessage(t("There is no response in this chat yet."));
      return;
    }
    await this.#show(t("Outcrop Response"), makeVisible(turnText(turn)));
  }

  async showHelp(): Promise<void> {
    await this.#show(t("Outcrop Accessibility Help"), accessibilityHelp(process.platform));
  }

  async #show(name: string, text: string): Promise<void> {
    this.#documents.set(name, text);
    await this.#documents.show(name, "plaintext");
  }
}
