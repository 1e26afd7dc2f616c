import { homedir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { formatNumber, t } from "../protocol/localize.ts";
import { auditLines, auditText } from "./audit-text.ts";
import { plainNotice } from "./plain-notice.ts";

const scheme = "outcrop-audit";
const uri = vscode.Uri.from({ scheme, path: "Outcrop Audit.log" });

/** The audit log for the user: as a read-only document, and as a file of their choice. */
export class AuditViews implements vscode.Disposable {
  readonly #folder: string;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: () => auditText(this.#folder),
  });

  constructor(folder: string) {
    this.#folder = folder;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  /** Reads the log anew. */
  async show(): Promise<void> {
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, "log");
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** Writes the log as JSON lines to a file that the user names. */
  async export(): Promise<void> {
    const lines = await auditLines(this.#folder);
    if (lines.length === 0) {
      void vscode.window.showInformationMessage(t("The audit log is empty."));
      return;
    }
    const target = await vscode.window.showSaveDialog({
      title: t("Export Audit Log"),
      // Beside no repository: it names files and commands of all of them.
      defaultUri: vscode.Uri.file(join(homedir(), "outcrop-audit.jsonl")),
      filters: { "JSON Lines": ["jsonl"] },
    });
    if (target === undefined) return;
    await vscode.workspace.fs.writeFile(target, Buffer.from(`${lines.join("\n")}\n`));
    const open = t("Open");
    const told = t(
      lines.length === 1
        ? "Exported {0} record of the audit log to {1}."
        : "Exported {0} records of the audit log to {1}.",
      formatNumber(lines.length),
      target.fsPath,
    );
    void vscode.window
      .showInformationMessage(plainNotice(told), open)
      .then((answer) => answer === open && vscode.commands.executeCommand("vscode.open", target));
  }
}
