import * as vscode from "vscode";
import type { UsageLedger } from "../../policy/usage/usage-ledger.ts";
import { firstDay, reportUsage } from "../../policy/usage/usage-report.ts";
import { t, text } from "../../protocol/localize.ts";
import type { FromUsageView, ToUsageView, UsageRange } from "../../protocol/usage-report.ts";
import { panelHtml, panelOptions } from "../panel-html.ts";
import { parseFromUsageView } from "./parse-from-usage-view.ts";

const page = { title: text("Outcrop Usage"), style: "usage.css", script: "usage.js" } as const;

export interface UsagePanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly ledger: Pick<UsageLedger, "read">;
  readonly exportCsv: () => Promise<void>;
  readonly report: (error: unknown) => void;
}

/** The usage view, in the editor area. One at a time; it may be discarded while hidden and asks again when it comes back. */
export class UsagePanel implements vscode.Disposable {
  readonly #options: UsagePanelOptions;
  #panel: vscode.WebviewPanel | undefined;
  #range: UsageRange = 30;
  #isReady = false;

  constructor(options: UsagePanelOptions) {
    this.#options = options;
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  /** Brings the view up, with what is on the disk now. */
  show(): void {
    if (this.#panel === undefined) this.#open();
    else this.#panel.reveal();
    this.refresh();
  }

  /** More has been used. */
  refresh(): void {
    if (this.#isReady && this.#panel?.visible === true) void this.#post().catch(this.#options.report);
  }

  #open(): void {
    const { extensionUri, report } = this.#options;
    const panel = vscode.window.createWebviewPanel("outcrop.usage", t(page.title), vscode.ViewColumn.Active, {
      ...panelOptions(extensionUri),
      enableFindWidget: true,
    });
    this.#panel = panel;
    // A tab's icon, other than a view's, keeps the colours of its file.
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, "media", `outcrop-${theme}.svg`);
    panel.iconPath = { light: icon("light"), dark: icon("dark") };
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const parsed = parseFromUsageView(message);
      if (parsed !== undefined) void this.#receive(parsed).catch(report);
    });
    panel.onDidChangeViewState(() => this.refresh());
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#isReady = false;
    });
    panel.webview.html = panelHtml(panel.webview, extensionUri, { ...page, title: t(page.title) });
  }

  async #receive(message: FromUsageView): Promise<void> {
    switch (message.type) {
      case "ready":
        this.#isReady = true;
        return this.#post();
      case "show":
        this.#range = message.range;
        return this.#post();
      case "export":
        return this.#options.exportCsv();
    }
  }

  async #post(): Promise<void> {
    const message = await this.#message();
    await this.#panel?.webview.postMessage(message);
  }

  async #message(): Promise<ToUsageView> {
    const today = new Date();
    try {
      const records = await this.#options.ledger.read(firstDay(this.#range, today));
      return { type: "report", report: reportUsage(records, this.#range, today) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { type: "failed", message: t("What was used cannot be read: {0}", reason) };
    }
  }
}
