import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { type Collector, startCollector } from "./collector.ts";
import { PanelPage } from "./panel-page.ts";
import { stepStart, text, turnEnd, turnStart } from "./scenes.ts";

/** Elements that raw HTML must never become. */
export const forbiddenElements =
  "img, picture, svg:not(.context-ring), image, video, audio, source, iframe, object, embed, link:not([rel=stylesheet], [rel=icon]), base, meta[http-equiv], form:not(.composer), input[type=image], .answer .markdown :is(script, style, input, textarea, select, [href], [src], [style], [id], [name])";

/** A panel, and a server that fails the test on any request. */
export interface HostilePage {
  readonly panel: PanelPage;
  readonly collector: Collector;
  /** Nothing was asked of anyone, no rule of the policy was broken, nothing was posted to the host. */
  assertSilent(): Promise<void>;
  close(): Promise<void>;
}

export async function openHostilePage(browser: Browser): Promise<HostilePage> {
  const collector = await startCollector();
  const panel = await PanelPage.open(browser, { letThrough: true });
  return {
    panel,
    collector,
    async assertSilent() {
      assert.deepEqual(panel.foreignRequests, []);
      assert.deepEqual(collector.received, []);
      assert.deepEqual(await panel.violations(), []);
      assert.deepEqual(await panel.posts(), []);
    },
    async close() {
      await panel.close();
      await collector.close();
    },
  };
}

/** Shows a whole answer. */
export async function showAnswer(panel: PanelPage, markdown: string): Promise<void> {
  await panel.emit(turnStart("x"), stepStart(), text(markdown), turnEnd());
}

/** The markup of what may not be there. */
export function forbiddenIn({ page }: PanelPage, selector = forbiddenElements): Promise<readonly string[]> {
  return page.locator(selector).evaluateAll((elements) => elements.map((element) => element.outerHTML));
}
