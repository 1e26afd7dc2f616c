import type { Browser, Page } from "playwright-core";
import type { ToUsageView } from "../../../src/protocol/usage-report.ts";
import { postAndPaint } from "./post-and-paint.ts";
import { installFakes, origin, servePage } from "./serve-page.ts";
import type { ThemeName } from "./themes.ts";

export interface UsagePageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
}

/** The usage view in a page of its own, under its real policy, with the test in the place of the extension. */
export class UsagePage {
  readonly page: Page;
  /** Every request that the page made beside its own files. */
  readonly foreignRequests: readonly string[];

  private constructor(page: Page, foreignRequests: readonly string[]) {
    this.page = page;
    this.foreignRequests = foreignRequests;
  }

  static async open(browser: Browser, { theme = "dark", width = 900 }: UsagePageOptions = {}): Promise<UsagePage> {
    const context = await browser.newContext({ viewport: { width, height: 800 }, timezoneId: "Europe/Berlin" });
    const page = await context.newPage();
    const foreign: string[] = [];
    await servePage(page, theme, { foreign, letThrough: false, name: "usage" });
    await page.addInitScript(installFakes);
    await page.goto(`${origin}/`);
    await page.waitForFunction(() => window.panelTest.posts.length > 0);
    return new UsagePage(page, foreign);
  }

  /** Sends a message and waits until what it changed is painted. */
  async say(message: ToUsageView | { readonly type: string }): Promise<void> {
    await this.page.evaluate(postAndPaint, message);
  }

  /** What the view told the host. */
  posts(): Promise<readonly unknown[]> {
    return this.page.evaluate(() => window.panelTest.posts);
  }

  violations(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.panelTest.violations);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
