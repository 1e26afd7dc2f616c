import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ThinkingStyle } from "../../src/protocol/display.ts";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { demoContext } from "../support/panel/contexts.ts";
import { PanelPage } from "../support/panel/panel-page.ts";
import { text, turnStart } from "../support/panel/scenes.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";

const thought = Array.from({ length: 40 }, (_, index) => `Thought ${index + 1}.`).join("\n\n");

function contextOf(thinkingStyle: ThinkingStyle) {
  return { ...demoContext, display: { thinkingStyle, wrapsCode: false, speaksSteps: true } };
}

async function think(panel: PanelPage): Promise<void> {
  const at = Date.now();
  await panel.emit(turnStart("go"), { type: "step-start", step: 1, attempt: 1, at });
  await panel.emit({ type: "reasoning-delta", block: 0, text: thought, at: at + 3000 });
}

describe("thinking", () => {
  const browser = suiteBrowser();

  for (const [style, shown] of [
    ["collapsed", ""],
    ["preview", ".reasoning-preview"],
    ["fixedHeight", ".reasoning-box"],
  ] as const) {
    it(`UX49 is shown as ${style} while it comes, then folds under how long it took`, async () => {
      const panel = await PanelPage.open(browser(), { context: contextOf(style) });
      await think(panel);
      const header = panel.page.locator(".reasoning .disclosure-header");
      assert.equal(await header.textContent(), "Thinking…");
      assert.equal(await panel.page.locator(".reasoning-preview, .reasoning-box").count(), shown === "" ? 0 : 1);
      if (shown !== "") {
        const seen = await panel.page.locator(shown).evaluate((element) => {
          const end = element.querySelector("p:last-of-type") ?? element.firstElementChild;
          return {
            end: end?.textContent?.endsWith("Thought 40."),
            below: (end?.getBoundingClientRect().bottom ?? 0) - element.getBoundingClientRect().bottom,
            height: element.clientHeight,
          };
        });
        assert.equal(seen.end, true);
        assert.ok(seen.below <= 1 && seen.height <= 200, JSON.stringify(seen));
      }
      await panel.emit(text("Done.", 1));
      assert.equal(await header.textContent(), "Thought for 3\u00a0s");
      assert.equal(await panel.page.locator(".reasoning-preview, .reasoning-box").count(), 0);
      await header.click();
      assert.match(await panel.textOf(".reasoning .markdown"), /Thought 1\.[\s\S]*Thought 40\./);
      await panel.close();
    });
  }

  testEveryTheme(browser, contextOf("fixedHeight"), { "UX49 a box": think });
});
