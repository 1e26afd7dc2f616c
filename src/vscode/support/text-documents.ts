import * as vscode from "vscode";

/** How long a document that is shown again may take to be up to date, in milliseconds. */
const followMs = 2_000;

const withLineFeeds = (text: string): string => text.replaceAll(/\r\n?/gu, "\n");

/** Read-only documents of one scheme, by name; the last ones are kept. */
export class TextDocuments implements vscode.Disposable {
  readonly #scheme: string;
  readonly #most: number;
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;

  constructor(scheme: string, most: number) {
    this.#scheme = scheme;
    this.#most = most;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: ({ path }) => this.#texts.get(path) ?? "",
    });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  /** Writes the document; an editor that shows it follows. */
  set(name: string, text: string): void {
    const uri = this.#uri(name);
    this.#texts.delete(uri.path);
    this.#texts.set(uri.path, text);
    const [oldest] = this.#texts.keys();
    if (oldest !== undefined && this.#texts.size > this.#most) this.#texts.delete(oldest);
    this.#changed.fire(uri);
  }

  async show(name: string, language: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.#uri(name));
    await this.#untilFollowed(document);
    await vscode.languages.setTextDocumentLanguage(document, language);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** The name of the document in the active editor, where it is one of these. */
  get active(): string | undefined {
    const uri = vscode.window.activeTextEditor?.document.uri;
    return uri?.scheme === this.#scheme ? uri.path : undefined;
  }

  /** VS Code brings a document that is open already up to date a moment later; nobody is to read, or hear, the one before. */
  async #untilFollowed(document: vscode.TextDocument): Promise<void> {
    const isLate = () => withLineFeeds(document.getText()) !== withLineFeeds(this.#texts.get(document.uri.path) ?? "");
    if (!isLate()) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(limit);
        following.dispose();
        resolve();
      };
      const limit = setTimeout(end, followMs);
      const following = vscode.workspace.onDidChangeTextDocument(() => {
        if (!isLate()) end();
      });
    });
  }

  #uri(name: string): vscode.Uri {
    return vscode.Uri.from({ scheme: this.#scheme, path: name });
  }
}
