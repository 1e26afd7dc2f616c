import { realpath } from "node:fs/promises";
import { basename } from "node:path";
import * as vscode from "vscode";
import { t } from "../../protocol/localize.ts";
import type { Hunk } from "../../tools/checkpoints/hunks.ts";
import type { SessionReview } from "../../tools/checkpoints/session-review.ts";
import { showPath } from "../../tools/resolve-path.ts";
import type { WorkspaceFolder } from "../../tools/workspace.ts";
import { asOpened, realFolders } from "./real-folders.ts";

/** Of a file with more pieces the rest has no lenses. */
const MOST_LENSES = 200;

/** What a session changed of the file in the active editor. */
export interface ActiveChanges {
  /** Absolute, real. */
  readonly path: string;
  readonly hunks: readonly Hunk[];
  /** Which text the editor shows: in which the lines of a hunk are to be counted. */
  readonly side: "original" | "current";
}

/** What the editors show of a session's changes: the originals, the diffs against them, and Keep and Undo at each piece. */
export class ReviewEditors implements vscode.Disposable {
  readonly #folders: () => readonly WorkspaceFolder[];
  /** Of the originals' URIs; what a lens does is a command below it. */
  readonly #scheme: string;
  readonly #originals = new vscode.EventEmitter<vscode.Uri>();
  readonly #lenses = new vscode.EventEmitter<void>();
  readonly #registrations: vscode.Disposable;
  /** Paths whose originals an editor was given. */
  readonly #given = new Set<string>();
  #review: SessionReview | undefined;

  constructor(
    folders: () => readonly WorkspaceFolder[],
    act: (path: string, hunk: Hunk, keeps: boolean) => void,
    scheme = "outcrop-original",
  ) {
    this.#folders = folders;
    this.#scheme = scheme;
    this.#registrations = vscode.Disposable.from(
      this.#originals,
      this.#lenses,
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#originals.event,
        provideTextDocumentContent: (uri) => this.#originalOf(uri),
      }),
      vscode.languages.registerCodeLensProvider(
        { scheme: "file" },
        {
          onDidChangeCodeLenses: this.#lenses.event,
          provideCodeLenses: (document) => this.#lensesOf(document),
        },
      ),
      vscode.commands.registerCommand(this.#command, act),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** The session whose changes are shown from now on, or whose changes are others now. */
  async show(review: SessionReview): Promise<void> {
    this.#review = review;
    for (const path of this.#given) this.#originals.fire(this.#originalUri(path));
    this.#lenses.fire();
    const paths = await review.paths();
    const opened = [...new Set([...paths, ...paths.map((path) => asOpened(path, this.#folders()))])];
    await vscode.commands.executeCommand("setContext", "outcrop.changedFiles", opened);
    await vscode.commands.executeCommand("setContext", "outcrop.hasChanges", paths.length > 0);
  }

  /** Compares one file with its original. */
  async open(path: string): Promise<void> {
    const title = t("{0} (Outcrop: before ↔ now)", basename(path));
    await vscode.commands.executeCommand("vscode.diff", this.#originalUri(path), await this.#nowUri(path), title);
  }

  async openAll(paths: readonly string[]): Promise<void> {
    const resources = await Promise.all(
      paths.map(async (path) => [this.#fileUri(path), this.#originalUri(path), await this.#nowUri(path)]),
    );
    await vscode.commands.executeCommand("vscode.changes", t("Outcrop: Changed Files"), resources);
  }

  /** The pieces of the file that is in the active editor, on either side of a diff. */
  async active(): Promise<ActiveChanges | undefined> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || this.#review === undefined) return undefined;
    if (document.uri.scheme === this.#scheme && document.uri.query !== nothing) {
      const path = vscode.Uri.file(document.uri.path).fsPath;
      const now = await Promise.resolve(vscode.workspace.openTextDocument(this.#fileUri(path))).catch(() => undefined);
      return now && { path, hunks: await this.#review.hunks(path, now.getText()), side: "original" };
    }
    if (document.uri.scheme !== "file") return undefined;
    const path = await realOf(document);
    return { path, hunks: await this.#review.hunks(path, document.getText()), side: "current" };
  }

  async #originalOf({ path, query }: vscode.Uri): Promise<string> {
    if (query === nothing) return "";
    const file = vscode.Uri.file(path).fsPath;
    this.#given.add(file);
    const text = await this.#review?.originalText(file);
    return text ?? t("{0} is no text, or what it was is not kept.", showPath(file, realFolders(this.#folders())));
  }

  async #lensesOf(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (this.#review === undefined) return [];
    const path = await realOf(document);
    const hunks = await this.#review.hunks(path, document.getText());
    return hunks.slice(0, MOST_LENSES).flatMap((hunk) => {
      const line = lineOf(hunk, document);
      const range = new vscode.Range(line, 0, line, 0);
      const lens = (title: string, tooltip: string, keeps: boolean): vscode.CodeLens =>
        new vscode.CodeLens(range, { title, tooltip, command: this.#command, arguments: [path, hunk, keeps] });
      return [lens(t("Keep"), t("Keep this change"), true), lens(t("Undo"), t("Undo this change"), false)];
    });
  }

  get #command(): string {
    return `${this.#scheme}.act`;
  }

  #fileUri(path: string): vscode.Uri {
    return vscode.Uri.file(asOpened(path, this.#folders()));
  }

  #originalUri(path: string): vscode.Uri {
    return vscode.Uri.file(path).with({ scheme: this.#scheme });
  }

  /** The file, or an empty text where it is gone. */
  async #nowUri(path: string): Promise<vscode.Uri> {
    const uri = this.#fileUri(path);
    return vscode.workspace.fs.stat(uri).then(
      () => uri,
      () => uri.with({ scheme: this.#scheme, query: nothing }),
    );
  }
}

/** The line of the text at which a piece is shown. */
export function lineOf(
  { originalStart, currentStart }: Hunk,
  { lineCount }: vscode.TextDocument,
  side: ActiveChanges["side"] = "current",
): number {
  return Math.min(side === "original" ? originalStart : currentStart, lineCount - 1);
}

const nothing = "nothing";

async function realOf({ uri }: vscode.TextDocument): Promise<string> {
  return realpath(uri.fsPath).catch(() => uri.fsPath);
}
