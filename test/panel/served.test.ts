import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { stepEnd, stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

const detail = "41,203 tokens were read from the prompt cache and 812 written to it, saving $0.11.";

describe("how a turn was served", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, (opened) => {
    panel = opened;
  });

  const details = () => panel.page.locator(".turn-details span");
  const served = (endsAt: number, differences: readonly string[] = []) =>
    ({ type: "served", cache: { share: 0.924, detail, endsAt }, differences, at: 1 }) as const;

  it("the last turn's end says what share came from the cache and how long it is kept, and the rest on hovering", async () => {
    const soon = Date.now() + 250_000;
    await panel.emit(turnStart("go"), stepStart(), text("Fine."), served(soon), stepEnd(), turnEnd());
    const last = details().filter({ hasText: /^Cache \d/ });
    assert.match((await last.textContent()) ?? "", /^Cache 92\u00a0%, (?:4\u00a0min \d+|\d+)\u00a0s left$/u);
    assert.equal(await last.getAttribute("title"), detail);
    await panel.emit(turnStart("more"), stepStart(), text("Fine."), stepEnd(), turnEnd());
    assert.ok((await details().allTextContents()).includes("Cache 92\u00a0%"));
  });

  it("what is forgotten has no time left, and where another tier was used it is said", async () => {
    const late = served(Date.now() - 1, ["service tier default, not flex"]);
    await panel.emit(turnStart("go"), stepStart(), text("Fine."), late, stepEnd(), turnEnd());
    const shown = await details().allTextContents();
    assert.ok(shown.includes("Cache 92\u00a0%"));
    assert.ok(shown.includes("service tier default, not flex"));
  });
});
