import * as vscode from "vscode";
import { t } from "../../protocol/localize.ts";
import type { PanelCommand } from "../../protocol/panel-messages.ts";
import type { ErrorAction } from "../../protocol/turn-error.ts";
import { plainNotice } from "../plain-notice.ts";
import { type Diagnosis, type DiagnosisLine, labelOf, verdictOf } from "./diagnosis.ts";
import { TextDocuments } from "./text-documents.ts";

const scheme = "outcrop-diagnosis";
const name = "Outcrop Diagnosis.md";
const actCommand = "outcrop.diagnosis.act";

type Act = ErrorAction | "copy" | "run" | "policy";

/** The checks as a document that grows while they run, with what helps as actions above each failure. */
export class DiagnosisView implements vscode.Disposable {
  readonly #start: () => Promise<Diagnosis>;
  readonly #runCommand: (command: PanelCommand) => Promise<void>;
  readonly #documents = new TextDocuments(scheme, 1);
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly #registrations: vscode.Disposable;
  #head = "";
  #lines: DiagnosisLine[] = [];
  #foot = "";
  #isRunning = false;

  /** `start` begins a run with the settings of now; `runCommand` does what helps. */
  constructor(start: () => Promise<Diagnosis>, runCommand: (command: PanelCommand) => Promise<void>) {
    this.#start = start;
    this.#runCommand = runCommand;
    this.#registrations = vscode.Disposable.from(
      this.#documents,
      this.#lensesChanged,
      vscode.commands.registerCommand(actCommand, (act: Act) => this.#act(act)),
      vscode.languages.registerCodeLensProvider(
        { scheme },
        { onDidChangeCodeLenses: this.#lensesChanged.event, provideCodeLenses: () => this.#lenses() },
      ),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** A run that is under way is shown, not begun again. */
  async run(): Promise<void> {
    if (this.#isRunning) return this.#documents.show(name, "markdown");
    this.#isRunning = true;
    try {
      const diagnosis = await this.#start();
      this.#head = diagnosis.head;
      this.#lines = [];
      this.#write(t("Checking…"));
      await this.#documents.show(name, "markdown");
      await this.#progress(diagnosis);
    } finally {
      this.#isRunning = false;
      this.#lensesChanged.fire();
    }
    this.#tell();
  }

  async #progress(diagnosis: Diagnosis): Promise<void> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: t("Outcrop: Diagnosing the connection"),
      cancellable: true,
    };
    await vscode.window.withProgress(options, async (progress, token) => {
      const stopped = new AbortController();
      token.onCancellationRequested(() => stopped.abort());
      const onStart = (title: string): void => {
        progress.report({ message: title });
        this.#write(`… ${title}`);
      };
      try {
        for await (const line of diagnosis.run(stopped.signal, onStart)) {
          this.#lines.push(line);
          this.#write("");
        }
        this.#write(verdictOf(this.#lines));
      } catch (error) {
        if (!stopped.signal.aborted) throw error;
        this.#write(t("Canceled."));
      }
    });
  }

  #tell(): void {
    if (this.#foot === t("Canceled.")) return;
    const actions = this.#lines.flatMap((line) => line.actions);
    const [first] = actions.filter((action) => labelOf(action) !== undefined);
    const label = first === undefined ? undefined : labelOf(first);
    const copy = t("Copy");
    const hasFailed = this.#lines.some(({ state }) => state === "fail");
    const told = `Outcrop: ${this.#foot}`;
    const buttons = label === undefined ? [copy] : [label, copy];
    const shown = hasFailed
      ? vscode.window.showWarningMessage(plainNotice(told), ...buttons)
      : vscode.window.showInformationMessage(plainNotice(told), ...buttons);
    void shown.then((pressed) => {
      if (pressed === copy) return this.#act("copy");
      return pressed !== undefined && first !== undefined ? this.#act(first) : undefined;
    });
  }

  async #act(act: Act): Promise<void> {
    switch (act) {
      case "copy":
        await vscode.env.clipboard.writeText(this.#text);
        return;
      case "run":
        return this.run();
      case "policy":
        await vscode.commands.executeCommand("outcrop.copyIamPolicy");
        return;
      case "sign-in":
        return this.#runCommand("signIn");
      case "select-model":
        return this.#runCommand("selectModel");
      case "open-settings":
        return this.#runCommand("openSettings");
      case "retry":
      case "compact":
      case "lower-max-tokens":
      case "try-demo":
      case "show-log":
        return;
    }
  }

  get #text(): string {
    const texts = this.#lines.map(({ text }) => text).join("\n");
    const parts = [this.#head, texts, this.#foot].filter((part) => part !== "");
    return `${parts.join("\n\n")}\n`;
  }

  #write(foot: string): void {
    this.#foot = foot;
    this.#documents.set(name, this.#text);
    this.#lensesChanged.fire();
  }

  #lenses(): vscode.CodeLens[] {
    if (this.#isRunning) return [];
    const lens = (line: number, title: string, act: Act): vscode.CodeLens =>
      new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command: actCommand, arguments: [act] });
    const lenses = [
      lens(0, t("Copy"), "copy"),
      lens(0, t("Run Again"), "run"),
      lens(0, t("Copy IAM Policy"), "policy"),
    ];
    let at = this.#head.split("\n").length + 1;
    for (const { text, actions } of this.#lines) {
      for (const action of actions) {
        const title = labelOf(action);
        if (title !== undefined) lenses.push(lens(at, title, action));
      }
      at += text.split("\n").length;
    }
    return lenses;
  }
}
