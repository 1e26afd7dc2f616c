import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import * as vscode from "vscode";
import { makeVisibleLine } from "../../policy/display/make-visible.ts";
import { t } from "../../protocol/localize.ts";
import { replaceContent } from "../files/replace-text.ts";
import { plainNotice } from "../plain-notice.ts";

/** What an open text would become. */
export interface EditProposal {
  readonly document: vscode.TextDocument;
  /** Of the text that `after` was made of. */
  readonly before: string;
  readonly after: string;
  /** Whether code of an answer is applied, or an edit kept that was asked for. */
  readonly verb: "apply" | "keep";
  /** The same wish on the text as it is now. */
  readonly again: () => Promise<void>;
}

const schemes = { apply: "outcrop-apply", keep: "outcrop-edit" } as const;

/**
 * Proposed texts in VS Code's own diff editor, beside the file itself. Nothing is written before the user says so there; then
 * it is one step of Undo, and the file is theirs to save. A diff that is closed is a proposal that is dropped.
 */
export class EditProposals implements vscode.Disposable {
  readonly #open = new Map<string, EditProposal>();
  readonly #registrations: vscode.Disposable;

  constructor() {
    const provider: vscode.TextDocumentContentProvider = {
      provideTextDocumentContent: (uri) => this.#open.get(uri.toString())?.after ?? "",
    };
    this.#registrations = vscode.Disposable.from(
      ...Object.values(schemes).map((scheme) => vscode.workspace.registerTextDocumentContentProvider(scheme, provider)),
      vscode.languages.registerCodeLensProvider(
        Object.values(schemes).map((scheme) => ({ scheme })),
        { provideCodeLenses: ({ uri }) => this.#lensesOf(uri) },
      ),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed) {
          if (input instanceof vscode.TabInputTextDiff) this.#open.delete(input.modified.toString());
        }
      }),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** Shows the difference; the user decides by the commands of the diff editor. */
  async propose(proposal: EditProposal): Promise<void> {
    const { document, before, after, verb } = proposal;
    const name = makeVisibleLine(basename(document.uri.path));
    if (before === after) {
      void vscode.window.showInformationMessage(plainNotice(t("{0} is already as proposed.", name)));
      return;
    }
    const path = document.uri.path.startsWith("/") ? document.uri.path : `/${document.uri.path}`;
    const uri = vscode.Uri.from({ scheme: schemes[verb], path, query: randomUUID() });
    this.#open.set(uri.toString(), proposal);
    const proposed = await vscode.workspace.openTextDocument(uri);
    if (proposed.languageId !== document.languageId) {
      await vscode.languages.setTextDocumentLanguage(proposed, document.languageId);
    }
    await vscode.commands.executeCommand("vscode.diff", document.uri, uri, t("{0} (Outcrop: now ↔ proposed)", name));
  }

  /** Writes the proposal of the diff that is asked about, or in front; where its file has changed since, the user is asked. */
  async accept(given: unknown): Promise<void> {
    const found = this.#find(given);
    if (found === undefined) return tellNone();
    const { uri, proposal } = found;
    const { document, before, after } = proposal;
    if (document.getText() !== before) {
      const [again, over] = [t("Compare Again"), t("Apply Anyway")];
      const question = t(
        "{0} was changed since it was compared. Apply the proposal over these changes?",
        basename(document.uri.path),
      );
      const pressed = await vscode.window.showWarningMessage(question, { modal: true }, again, over);
      if (pressed === again) {
        await this.#close(uri);
        return proposal.again();
      }
      if (pressed !== over) return;
    }
    if (!(await replaceContent(document, after))) {
      const told = t("The editor did not take the change of {0}.", basename(document.uri.path));
      void vscode.window.showErrorMessage(plainNotice(told));
      return;
    }
    await this.#close(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  async discard(given: unknown): Promise<void> {
    const found = this.#find(given);
    return found === undefined ? tellNone() : this.#close(found.uri);
  }

  /** What the title's actions do, in words, at the first line that would change. */
  #lensesOf(uri: vscode.Uri): vscode.CodeLens[] {
    const proposal = this.#open.get(uri.toString());
    if (proposal === undefined) return [];
    const line = firstDifference(proposal);
    const lens = (title: string, command: string): vscode.CodeLens =>
      new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command, arguments: [uri] });
    const accept = { apply: lens(t("Apply"), "outcrop.applyProposal"), keep: lens(t("Keep"), "outcrop.keepProposal") };
    return [accept[proposal.verb], lens(t("Discard"), "outcrop.discardProposal")];
  }

  #find(given: unknown): { readonly uri: vscode.Uri; readonly proposal: EditProposal } | undefined {
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    const shown = input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
    for (const uri of [given, shown]) {
      const proposal = uri instanceof vscode.Uri ? this.#open.get(uri.toString()) : undefined;
      if (uri instanceof vscode.Uri && proposal !== undefined) return { uri, proposal };
    }
    return undefined;
  }

  async #close(uri: vscode.Uri): Promise<void> {
    this.#open.delete(uri.toString());
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const shown = tabs.filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString(),
    );
    await vscode.window.tabGroups.close(shown);
  }
}

function firstDifference({ before, after }: EditProposal): number {
  const [old, lines] = [before.split(/\r?\n/u), after.split(/\r?\n/u)];
  const found = lines.findIndex((line, index) => line !== old[index]);
  return found === -1 ? Math.max(0, lines.length - 1) : found;
}

function tellNone(): void {
  void vscode.window.showInformationMessage(t("No proposed change is in front."));
}
