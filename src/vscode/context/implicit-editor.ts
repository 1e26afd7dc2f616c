import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import * as vscode from "vscode";
import { type PromptAttachment, toAttachment } from "../../chat/prompt.ts";
import type { ContextReference, ImplicitContext } from "../../protocol/attachment.ts";
import type { GatheredContext } from "../../tools/context/read-context.ts";
import { readImplicitContext } from "./context-settings.ts";
import { selectionIn } from "./editor-selection.ts";
import { goesUnasked } from "./goes-unasked.ts";
import type { ImplicitSource } from "./prompt-context-options.ts";

/** Selections change with each key: the panel is told when they rest. */
const restMs = 150;

export interface ImplicitEditorOptions {
  /** Whether a file's text may be told without asking, by its absolute path. */
  readonly mayTell: (path: string) => Promise<boolean>;
  readonly gather: (reference: ContextReference) => Promise<readonly GatheredContext[]>;
  readonly onChange: () => void;
  readonly report: (error: unknown) => void;
}

interface Seen {
  readonly shown: ImplicitContext["attachment"];
  readonly editor: vscode.TextEditor;
  /** What the user chose for it; it holds as long as it is the same file, or another selection in it. */
  readonly key: string;
}

/** The file or selection of the active editor, as a suggestion: a selection is taken along unless the user says no, a file only where they say yes. */
export class ImplicitEditor implements ImplicitSource, vscode.Disposable {
  readonly #options: ImplicitEditorOptions;
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #seen: Seen | undefined;
  #choice: { readonly key: string; readonly enabled: boolean } | undefined;

  constructor(options: ImplicitEditorOptions) {
    this.#options = options;
    const look = () => this.#lookSoon();
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(look),
      vscode.window.onDidChangeTextEditorSelection(look),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("outcrop.implicitContext")) look();
      }),
    );
    look();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  get current(): ImplicitContext | undefined {
    if (this.#seen === undefined) return undefined;
    return { attachment: this.#seen.shown, enabled: this.#isEnabled(this.#seen) };
  }

  toggle(): void {
    if (this.#seen === undefined) return;
    this.#choice = { key: this.#seen.key, enabled: !this.#isEnabled(this.#seen) };
    this.#options.onChange();
  }

  /** What can no longer be read is left out: the chip was a suggestion. */
  async gather(): Promise<readonly PromptAttachment[]> {
    const seen = this.#seen;
    if (seen === undefined || !this.#isEnabled(seen)) return [];
    const selected = selectionIn(seen.editor);
    if (selected !== undefined) return [{ ...selected, id: randomUUID() }];
    const read = await this.#options
      .gather({ kind: "file", path: seen.editor.document.uri.fsPath })
      .catch(() => [] as const);
    return read.map((one) => ({ ...one, path: seen.shown.path ?? seen.shown.label, id: randomUUID() }));
  }

  #isEnabled({ key, shown, editor }: Seen): boolean {
    if (this.#choice?.key === key) return this.#choice.enabled;
    return goesUnasked(shown.kind, selectedLength(editor), readImplicitContext() === "always");
  }

  #lookSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look().catch(this.#options.report), restMs);
  }

  async #look(): Promise<void> {
    const before = JSON.stringify(this.current);
    this.#seen = await this.#see();
    if (JSON.stringify(this.current) !== before) this.#options.onChange();
  }

  async #see(): Promise<Seen | undefined> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || editor.document.uri.scheme !== "file") return undefined;
    const { uri } = editor.document;
    const isOff = readImplicitContext() === "never" || !vscode.workspace.isTrusted;
    if (isOff || vscode.workspace.getWorkspaceFolder(uri) === undefined) return undefined;
    if (!(await this.#options.mayTell(uri.fsPath))) return undefined;
    const selected = selectionIn(editor);
    const path = vscode.workspace.asRelativePath(uri);
    if (selected !== undefined) {
      const shown = toAttachment({ ...selected, id: "implicit" });
      return { editor, shown, key: `${path} selection` };
    }
    return { editor, shown: { id: "implicit", kind: "file", label: basename(uri.path), path }, key: path };
  }
}

function selectedLength({ document, selection }: vscode.TextEditor): number {
  return document.offsetAt(selection.end) - document.offsetAt(selection.start);
}
