import * as vscode from "vscode";
import { makeVisibleLine } from "../policy/display/make-visible.ts";
import type { ApprovalRequest } from "../protocol/approval.ts";
import { t } from "../protocol/localize.ts";
import { documentText } from "./approval-text.ts";

const scheme = "outcrop-approval";
/** Documents of requests shown last; an editor of an older one that is opened again is empty. */
const mostKept = 20;

/** Requests as read-only documents, with nothing left out. */
export class ApprovalDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ query }) => this.#texts.get(query) ?? "",
  });

  dispose(): void {
    this.#registration.dispose();
  }

  /** Opens the document, and resolves with whether the user asks for the dialog again. */
  async show(request: ApprovalRequest): Promise<boolean> {
    this.#keep(request);
    const uri = vscode.Uri.from({ scheme, path: `${titleOf(request)}.diff`, query: request.digest });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, "diff");
    await vscode.window.showTextDocument(document, { preview: true });
    const answer = t("Answer…");
    const pressed = await vscode.window.showInformationMessage(
      t("Outcrop shows all of what it asks about in the editor."),
      answer,
    );
    return pressed === answer;
  }

  #keep(request: ApprovalRequest): void {
    this.#texts.delete(request.digest);
    this.#texts.set(request.digest, documentText(request));
    const [oldest] = this.#texts.keys();
    if (oldest !== undefined && this.#texts.size > mostKept) this.#texts.delete(oldest);
  }
}

/** A name for the editor's tab. */
function titleOf({ title }: ApprovalRequest): string {
  return makeVisibleLine(title).replace(/[\\/]/gu, "∕").replace(/\?$/u, "").slice(0, 80);
}
