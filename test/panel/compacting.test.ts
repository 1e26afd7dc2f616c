import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { launchChromium } from "../support/panel/chromium.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import { PanelPage } from "../support/panel/panel-page.ts";
import { turnAt } from "../support/panel/trouble-scenes.ts";

const start = Date.UTC(2026, 10, 21, 9, 30);

describe("a conversation that is being shortened", () => {
  let browser: Browser;
  let panel: PanelPage;

  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());
  beforeEach(async () => {
    panel = await PanelPage.open(browser, { context: bedrockContext });
    await panel.emit(...turnAt(start));
  });
  afterEach(() => panel.close());

  it("says so while the summary is written, and no longer once the step goes on", async () => {
    const working = panel.page.locator(".working > span").first();
    await panel.emit({ type: "compacting", at: start });
    assert.equal(await working.textContent(), "Shortening the conversation…");
    await panel.emit({ type: "step-start", step: 1, attempt: 2, at: start });
    assert.equal(await working.textContent(), "Working");
  });
});
