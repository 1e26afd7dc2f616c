import { setTimeout as delay } from "node:timers/promises";
import type { Browser, CDPSession, Page } from "playwright-core";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { type ChatState, emptyChat } from "../../../src/protocol/chat-state.ts";
import type { ToWebview } from "../../../src/protocol/panel-messages.ts";
import { bedrockContext } from "../../support/panel/contexts.ts";
import { PanelPage } from "../../support/panel/panel-page.ts";
import { origin } from "../../support/panel/serve-page.ts";
import { installProbe, type Seen, type SeenPost } from "./page-probe.ts";

/** What the main thread of a page did, in seconds of its own CPU time. */
export interface Work {
  readonly task: number;
  readonly script: number;
  readonly layout: number;
  /** On the clock. */
  readonly elapsed: number;
}

const size = { width: 400, height: 900 };
const keyMs = 300;

/** A page that is measured: the panel, or the bare page that all of its numbers are compared with. */
export class BenchPage {
  readonly page: Page;
  /** Undefined: the bare page. */
  readonly panel: PanelPage | undefined;
  readonly #devtools: CDPSession;
  #seq = 0;

  private constructor(page: Page, panel: PanelPage | undefined, devtools: CDPSession) {
    this.page = page;
    this.panel = panel;
    this.#devtools = devtools;
  }

  /** The panel as it ships, with a chat in it. */
  static async openPanel(browser: Browser, chat: ChatState = emptyChat("session-1")): Promise<BenchPage> {
    const panel = await PanelPage.open(browser, { ...size, context: bedrockContext });
    const opened = await BenchPage.#watch(panel.page, panel);
    if (chat.past.length > 0) await opened.snapshot(chat);
    return opened;
  }

  /** A box that shows the end of what came, once a frame, and another to type in. */
  static async openBare(browser: Browser): Promise<BenchPage> {
    const context = await browser.newContext({ viewport: size });
    const page = await context.newPage();
    await page.route(`${origin}/`, (route) => route.fulfill({ contentType: "text/html", body: bareBody }));
    await page.goto(`${origin}/`);
    await page.evaluate(showTail);
    return BenchPage.#watch(page, undefined);
  }

  static async #watch(page: Page, panel: PanelPage | undefined): Promise<BenchPage> {
    await page.addInitScript(installProbe);
    await page.evaluate(installProbe);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    return new BenchPage(page, panel, devtools);
  }

  async snapshot(chat: ChatState): Promise<void> {
    await this.panel?.snapshot(bedrockContext, chat);
    this.#seq = 0;
  }

  /** Sends events as one message and waits until what they changed is painted. */
  async emit(...events: readonly ChatEvent[]): Promise<void> {
    await this.panel?.say(this.message(...events));
  }

  /** The message with which the host posts these events next. */
  message(...events: readonly ChatEvent[]): ToWebview {
    this.#seq += events.length;
    return { type: "events", seq: this.#seq, events };
  }

  /** Streams what the host would post while somebody types. */
  async stream(posts: readonly SeenPost[], { typing }: { readonly typing: boolean }): Promise<Seen> {
    // A locator would look through the whole page for it.
    await this.page.evaluate(() => document.querySelector("textarea")?.focus());
    await this.page.evaluate(() => window.probe.begin());
    const seq = this.#seq;
    this.#seq += posts.length;
    const streaming = this.page.evaluate(([all, from]) => window.probe.stream(all, from), [posts, seq] as const);
    const ended = { yet: false };
    void streaming.finally(() => {
      ended.yet = true;
    });
    for (let count = 1; typing && !ended.yet; count += 1) {
      await delay(keyMs);
      if (!ended.yet) await this.page.keyboard.press(count % 6 === 0 ? "Space" : "e");
    }
    await streaming;
    return this.page.evaluate(() => window.probe.end());
  }

  /** What the main thread did during something. */
  async workOf(something: () => Promise<unknown>): Promise<Work> {
    const before = await this.#metrics();
    await something();
    const after = await this.#metrics();
    const difference = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    return {
      task: difference("TaskDuration"),
      script: difference("ScriptDuration"),
      layout: difference("LayoutDuration") + difference("RecalcStyleDuration"),
      elapsed: (after.get("clock") ?? 0) - (before.get("clock") ?? 0),
    };
  }

  async #metrics(): Promise<ReadonlyMap<string, number>> {
    const { metrics } = await this.#devtools.send("Performance.getMetrics");
    return new Map([...metrics.map(({ name, value }) => [name, value] as const), ["clock", performance.now() / 1000]]);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

const bareBody = `<!DOCTYPE html><html lang="en"><head><title>Bare</title><link rel="icon" href="data:,"><style>
.bare { height: 700px; overflow: hidden; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px system-ui; }
</style></head><body><div class="bare"></div><textarea rows="3"></textarea></body></html>`;

/** Runs in the bare page. */
function showTail(): void {
  const box = document.querySelector(".bare");
  let text = "";
  let isAsked = false;
  window.addEventListener("message", ({ data }) => {
    if (data?.type !== "events") return;
    for (const event of data.events) text += event.text;
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      if (box !== null) box.textContent = text.slice(-600);
    });
  });
}
