import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";
import { turnAt } from "../support/panel/trouble-scenes.ts";

const start = Date.UTC(2026, 10, 21, 9, 30);

describe("a conversation that is being shortened", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, async (opened) => {
    panel = opened;
    await panel.emit(...turnAt(start));
  });

  it("says so while the summary is written, and no longer once the step goes on", async () => {
    const working = panel.page.locator(".working > span").first();
    await panel.emit({ type: "compacting", at: start });
    assert.equal(await working.textContent(), "Shortening the conversation…");
    await panel.emit({ type: "step-start", step: 1, attempt: 2, at: start });
    assert.equal(await working.textContent(), "Working");
  });
});
