import type { Browser, Page } from "playwright-core";
import type { ContextItem } from "../../../src/protocol/attachment.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { emptyChat } from "../../../src/protocol/chat-state.ts";
import type { PanelContext, ToHost, ToWebview } from "../../../src/protocol/panel-messages.ts";
import { demoContext } from "./contexts.ts";
import { postAndPaint } from "./post-and-paint.ts";
import { installFakes, origin, servePage } from "./serve-page.ts";
import { type ThemeName, themes } from "./themes.ts";

export interface PanelOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly context?: PanelContext;
  readonly reducedMotion?: boolean;
  /** Of device to CSS pixels, as the window's zoom makes it; the width is in CSS pixels. */
  readonly scale?: number;
  /** Requests to elsewhere are written down and let through, so that only the panel itself stops them. */
  readonly letThrough?: boolean;
  /** Translations by English text, as the host gives them. */
  readonly translations?: Readonly<Record<string, string>>;
  readonly direction?: "ltr" | "rtl";
}

/** The panel in a page of its own, under its real policy, with the test in the place of the extension. */
export class PanelPage {
  readonly page: Page;
  /** Every request that the page made beside its own files. */
  readonly foreignRequests: readonly string[];
  #seq = 0;

  private constructor(page: Page, foreignRequests: readonly string[]) {
    this.page = page;
    this.foreignRequests = foreignRequests;
  }

  /** Opens the panel and answers its `ready` with an empty chat. */
  static async open(browser: Browser, options: PanelOptions = {}): Promise<PanelPage> {
    const {
      theme = "dark",
      width = 400,
      height = 700,
      context = demoContext,
      reducedMotion = false,
      scale = 1,
      letThrough = false,
      translations,
      direction,
    } = options;
    const browserContext = await browser.newContext({
      viewport: { width, height },
      deviceScaleFactor: scale,
      permissions: ["clipboard-read", "clipboard-write"],
      reducedMotion: reducedMotion ? "reduce" : "no-preference",
    });
    const page = await browserContext.newPage();
    const foreign: string[] = [];
    await servePage(page, theme, { foreign, letThrough, translations, direction });
    await page.addInitScript(installFakes);
    await page.goto(`${origin}/`);
    const panel = new PanelPage(page, foreign);
    await panel.waitForPost("ready");
    await panel.snapshot(context);
    return panel;
  }

  async snapshot(context: PanelContext, chat = emptyChat("session-1")): Promise<void> {
    await this.say({ type: "snapshot", seq: this.#seq, chat, context });
  }

  /** Sends events as one message, numbered as the host does. */
  async emit(...events: readonly ChatEvent[]): Promise<void> {
    this.#seq += events.length;
    await this.say({ type: "events", seq: this.#seq, events });
  }

  /** Streams a text letter by letter, each painted. @returns what `selector` matched after any of them, as markup */
  async streamLetters(text: string, selector: string): Promise<readonly string[]> {
    const first = this.#seq + 1;
    this.#seq += text.length;
    return this.page.evaluate(
      async ({ letters, from, forbidden }) => {
        const found = new Set<string>();
        for (const [index, letter] of letters.entries()) {
          const events = [{ type: "text-delta", block: 0, text: letter }];
          window.postMessage({ type: "events", seq: from + index, events }, window.origin);
          await new Promise((resolve) => setTimeout(resolve));
          await new Promise((resolve) => requestAnimationFrame(resolve));
          for (const element of document.querySelectorAll(forbidden)) found.add(element.outerHTML);
        }
        return [...found];
      },
      { letters: text.split(""), from: first, forbidden: selector },
    );
  }

  /** Sends a message and waits until what it changed is painted. */
  async say(message: ToWebview): Promise<void> {
    await this.page.evaluate(postAndPaint, message);
  }

  /** The text of the one element that `selector` names, hidden parts included. */
  async textOf(selector: string): Promise<string> {
    return (await this.page.locator(selector).textContent()) ?? "";
  }

  /** What the panel told the host, `ready`, its drafts, its focus and its questions about paths aside. */
  async posts(): Promise<readonly ToHost[]> {
    const all = await this.page.evaluate(() => window.panelTest.posts);
    return all.filter(({ type }) => !["ready", "keep-draft", "keep-place", "focus", "check-paths"].includes(type));
  }

  async waitForPost(type: ToHost["type"]): Promise<void> {
    await this.page.waitForFunction((wanted) => window.panelTest.posts.some((post) => post.type === wanted), type);
  }

  /** Answers a mention's query as the host does, once it is the last that was asked: some of its letters may be typed before the list is loaded. */
  async answerQuery(text: string, items: readonly ContextItem[]): Promise<void> {
    const asked = await this.page.waitForFunction((wanted) => {
      const last = window.panelTest.posts.findLast((post) => post.type === "find-context");
      return last?.type === "find-context" && last.text === wanted ? last : null;
    }, text);
    const { query } = (await asked.jsonValue()) ?? { query: 0 };
    await this.say({ type: "context-found", query, items, isComplete: true });
  }

  violations(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.panelTest.violations);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** Shows another theme, as VS Code does in a page that is there. */
export async function showTheme(page: Page, theme: ThemeName): Promise<void> {
  const names = new Set(Object.values(themes).flatMap(({ variables }) => Object.keys(variables)));
  const wanted: Readonly<Record<string, string>> = themes[theme].variables;
  // One that the theme does not have is as good as never set.
  const variables = [...names].map((name) => [name, wanted[name] ?? "initial"] as const);
  await page.evaluate(
    ({ bodyClass, values }) => {
      for (const [name, value] of values) document.documentElement.style.setProperty(name, value);
      document.body.className = bodyClass;
      return new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
    },
    { bodyClass: themes[theme].bodyClass, values: variables },
  );
}
