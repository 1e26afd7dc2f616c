import * as vscode from "vscode";
import type { ToWebview } from "../protocol/panel-messages.ts";
import { chatViewId } from "./chat-view-id.ts";
import { panelHtml, panelOptions } from "./panel-html.ts";
import { PanelInbox } from "./panel-inbox.ts";
import type { PanelRequest } from "./panel-request.ts";

/** The panel's frame. It may be discarded and made again at any time: it says `ready` and is given a snapshot. */
export class ChatView {
  readonly #extensionUri: vscode.Uri;
  readonly #received = new vscode.EventEmitter<PanelRequest>();
  readonly #inbox = new PanelInbox(() => performance.now());
  #view: vscode.WebviewView | undefined;
  #description = "";
  #isReady = false;
  #hasFocus = false;
  #untilReady: ToWebview[] = [];
  readonly onDidReceive = this.#received.event;
  readonly #visibilityChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeVisibility = this.#visibilityChanged.event;

  constructor(extensionUri: vscode.Uri) {
    this.#extensionUri = extensionUri;
  }

  resolve(view: vscode.WebviewView): void {
    this.#view = view;
    this.#isReady = false;
    view.description = this.#description;
    view.webview.options = panelOptions(this.#extensionUri);
    view.webview.onDidReceiveMessage((message: unknown) => {
      const parsed = this.#inbox.take(message);
      if (parsed?.type === "focus") this.#hasFocus = parsed.has;
      else if (parsed !== undefined) this.#received.fire(parsed);
    });
    view.onDidChangeVisibility(() => {
      // What is hidden has no page: it is made again, and says `ready` again.
      if (!view.visible) this.#isReady = false;
      this.#visibilityChanged.fire();
    });
    view.onDidDispose(() => {
      this.#view = undefined;
      this.#isReady = false;
      this.#hasFocus = false;
      this.#visibilityChanged.fire();
    });
    view.webview.html = panelHtml(view.webview, this.#extensionUri);
  }

  /** Messages of the panel that were not taken. */
  get dropped(): number {
    return this.#inbox.dropped;
  }

  get isVisible(): boolean {
    return this.#view?.visible ?? false;
  }

  /** As the panel told last. */
  get hasFocus(): boolean {
    return this.isVisible && this.#hasFocus;
  }

  /** Gives the focus back to what had it in the panel last. */
  async returnFocus(): Promise<void> {
    await vscode.commands.executeCommand(`${chatViewId}.focus`);
  }

  /** Shows the view and puts the caret into the composer. */
  async focus(): Promise<void> {
    await vscode.commands.executeCommand(`${chatViewId}.focus`);
    this.postWhenReady({ type: "focus-composer" });
  }

  /** Shows the view and puts the focus on what waits for an answer. */
  async focusApproval(): Promise<void> {
    await vscode.commands.executeCommand(`${chatViewId}.focus`);
    this.postWhenReady({ type: "focus-approval" });
  }

  /** Lost where the panel is not there or has no snapshot yet: its next `ready` gets one. */
  post(message: ToWebview): void {
    if (message.type === "snapshot") this.#isReady = this.#view !== undefined;
    if (!this.#isReady) return;
    void this.#view?.webview.postMessage(message);
    if (message.type === "snapshot") for (const waiting of this.#untilReady.splice(0)) this.post(waiting);
  }

  /** Kept until the panel is there. */
  postWhenReady(message: ToWebview): void {
    if (this.#isReady) this.post(message);
    else this.#untilReady.push(message);
  }

  /** What stands beside the view's name: the title of the chat; empty: nothing. */
  describe(description: string): void {
    this.#description = description;
    if (this.#view !== undefined) this.#view.description = description;
  }

  setBadge(value: number, tooltip: string): void {
    if (this.#view !== undefined) this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }
}
