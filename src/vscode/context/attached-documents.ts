import type * as vscode from "vscode";
import type { PromptAttachment } from "../../chat/prompt.ts";
import { openFile } from "../open-reference.ts";
import { TextDocuments } from "../support/text-documents.ts";

const scheme = "outcrop-attachment";

/** Shows what an attachment holds: the file where it is one, else what the model gets. */
export class AttachedDocuments implements vscode.Disposable {
  readonly #documents = new TextDocuments(scheme, 20);

  dispose(): void {
    this.#documents.dispose();
  }

  async show({ id, kind, label, path, startLine, text, language }: PromptAttachment): Promise<void> {
    if (path !== undefined && kind !== "url" && kind !== "folder") {
      await openFile(path, startLine);
      return;
    }
    if (text === "") return;
    const name = `/${id}/${label.replaceAll("/", " ")}`;
    this.#documents.set(name, text);
    await this.#documents.show(name, language === "" ? "plaintext" : language);
  }
}
