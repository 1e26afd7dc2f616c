import * as vscode from "vscode";
import { displayLanguage, formatNumber, t } from "../../protocol/localize.ts";
import { TextDocuments } from "./text-documents.ts";

/** A request to Bedrock that was made, as a list shows it. Its texts hold no secrets. */
export interface InspectedRequest {
  readonly ordinal: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly operation: string;
  readonly modelId: string;
  readonly status: number | undefined;
  readonly hasFailed: boolean;
  /** Both in milliseconds. */
  readonly durationMs: number | undefined;
  readonly firstTokenMs: number | undefined;
  /** The whole of it as JSON. */
  document(): string;
  /** Undefined where nothing was sent. */
  command(): string | undefined;
  script(): string;
}

/** The last requests of this window: a list, each as a read-only document, and from there as a command or a script. */
export class RequestViews implements vscode.Disposable {
  readonly #requests: () => readonly InspectedRequest[];
  readonly #documents = new TextDocuments("outcrop-request", 20);
  /** By the name of its document. */
  readonly #shown = new Map<string, InspectedRequest>();

  /** `requests` gives the last one first. */
  constructor(requests: () => readonly InspectedRequest[]) {
    this.#requests = requests;
  }

  dispose(): void {
    this.#documents.dispose();
  }

  async inspect(): Promise<void> {
    const requests = this.#requests();
    if (requests.length === 0) {
      void vscode.window.showInformationMessage(t("This window has made no requests to Bedrock yet."));
      return;
    }
    const items = requests.map((request) => ({ ...describe(request), request }));
    const picked = await vscode.window.showQuickPick(items, {
      title: t("Outcrop: Inspect Requests"),
      placeHolder: t("The last requests of this window; secrets are masked"),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (picked === undefined) return;
    const { request } = picked;
    const name = `Request ${request.ordinal}.json`;
    this.#shown.set(name, request);
    this.#documents.set(name, `${request.document()}\n`);
    await this.#documents.show(name, "json");
  }

  /** Of the request in the active editor. */
  async copyAsCommand(): Promise<void> {
    const request = this.#active();
    if (request === undefined) return;
    const command = request.command();
    if (command === undefined) {
      void vscode.window.showInformationMessage(t("Nothing was sent for this request, so there is no command for it."));
      return;
    }
    await vscode.env.clipboard.writeText(command);
    vscode.window.setStatusBarMessage(
      t("AWS CLI command copied. It answers as a whole: the AWS CLI does not stream."),
      5_000,
    );
  }

  async saveAsScript(): Promise<void> {
    const request = this.#active();
    if (request === undefined) return;
    const target = await vscode.window.showSaveDialog({
      title: t("Save as Emulator Script"),
      filters: { JSON: ["json"] },
      saveLabel: t("Save Script"),
    });
    if (target !== undefined) await vscode.workspace.fs.writeFile(target, Buffer.from(request.script()));
  }

  #active(): InspectedRequest | undefined {
    const name = this.#documents.active;
    const request = name === undefined ? undefined : this.#shown.get(name);
    if (request === undefined) {
      void vscode.window.showInformationMessage(t("Open a request first with Outcrop: Inspect Requests."));
    }
    return request;
  }
}

function describe(request: InspectedRequest): vscode.QuickPickItem {
  const { startedAt, modelId, operation, status, hasFailed, durationMs, firstTokenMs } = request;
  const icon = hasFailed ? "$(error)" : durationMs === undefined ? "$(sync)" : "$(pass)";
  const parts = [
    operation,
    status === undefined ? t("no answer") : `HTTP ${status}`,
    ...(durationMs === undefined ? [] : [t("{0} ms", formatNumber(durationMs))]),
    ...(firstTokenMs === undefined ? [] : [t("first token after {0} ms", formatNumber(firstTokenMs))]),
  ];
  return {
    label: `${icon} ${new Date(startedAt).toLocaleTimeString(displayLanguage())}`,
    description: modelId,
    detail: parts.join(" · "),
  };
}
