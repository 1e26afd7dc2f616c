import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { LogPages } from "./log-pages.ts";

const scheme = "outcrop-log";
const uri = vscode.Uri.from({ scheme, path: "Outcrop.log" });
const mostLines = 2000;

/** The log as a read-only document, for a VS Code whose output channels stay empty. */
export class KeptLog implements vscode.Disposable {
  readonly #pages = new LogPages(mostLines);
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: () => this.#pages.text,
  });

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  add(level: "debug" | "info" | "error", message: string): void {
    this.#pages.add(level, message, new Date());
    this.#changed.fire(uri);
  }

  async show(): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, "log");
    await vscode.window.showTextDocument(document, { preview: true });
  }
}

/**
 * Whether output channels, plain ones too, have anything to write with: VS Code logs through a native module, which an
 * installation without compiled modules lacks. Its channels then open, stay empty and report nothing.
 */
export function canWriteChannels(appRoot: string): boolean {
  const built = join("@vscode", "spdlog", "build", "Release", "spdlog.node");
  return ["node_modules", "node_modules.asar.unpacked"].some((modules) => existsSync(join(appRoot, modules, built)));
}
