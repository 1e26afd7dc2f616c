import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import type { PlanItem } from "../../src/protocol/plan.ts";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { stepStart, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach, suiteBrowser } from "../support/panel/suite-panel.ts";

const texts = ["Read the code", "Write the tests", "Tidy up"];

function plan(...statuses: readonly PlanItem["status"][]): ChatEvent {
  const items = statuses.map((status, index) => ({ text: texts[index] ?? "", status }));
  return { type: "plan", items, at: 0 };
}

describe("the plan above the composer", () => {
  let panel: PanelPage;
  openPanelForEach({}, (opened) => {
    panel = opened;
  });

  it("UX60 is one line that says how far it is and what is done now, and ticks", async () => {
    assert.equal(await panel.page.locator(".plan").count(), 0);
    await panel.emit(turnStart("go"), stepStart(), plan("pending", "pending", "pending"));
    assert.equal(await panel.textOf(".plan-now"), "Todos (0/3) · Next: Read the code");
    await panel.emit(plan("done", "in_progress", "pending"));
    assert.equal(await panel.textOf(".plan-now"), "Todos (1/3) · Now: Write the tests");
    await panel.emit(plan("done", "done", "done"));
    assert.equal(await panel.textOf(".plan-now"), "Todos (3/3) · All done");
  });

  it("UX60 unfolds to its items, each with its state in words, and stays unfolded while it ticks", async () => {
    await panel.emit(turnStart("go"), stepStart(), plan("done", "in_progress", "pending"));
    await panel.page.locator(".plan button").focus();
    await panel.page.keyboard.press("Enter");
    const items = panel.page.locator(".plan li");
    const expected = ["Done: Read the code", "In progress: Write the tests", "Tidy up"];
    assert.deepEqual(await items.allTextContents(), expected);
    await panel.emit(plan("done", "done", "in_progress"));
    assert.equal((await items.allTextContents())[2], "In progress: Tidy up");
  });

  it("UX60 unfolds and takes the focus by its command, folds and gives it back, and says where there are none", async () => {
    await panel.say({ type: "toggle-todos" });
    assert.equal(await panel.page.getByRole("status").textContent(), "There are no to-dos.");
    await panel.emit(turnStart("go"), stepStart(), plan("done", "in_progress", "pending"));
    const header = panel.page.locator(".plan .disclosure-header");
    const isFocused = () => header.evaluate((element) => element === document.activeElement);
    await panel.say({ type: "toggle-todos" });
    assert.deepEqual([await header.getAttribute("aria-expanded"), await isFocused()], ["true", true]);
    await panel.say({ type: "toggle-todos" });
    assert.deepEqual([await header.getAttribute("aria-expanded"), await isFocused()], ["false", false]);
    assert.ok(await panel.page.locator(".composer-input").evaluate((input) => input === document.activeElement));
  });

  it("UX60 goes with its last item, and with a new chat", async () => {
    await panel.emit(turnStart("go"), stepStart(), plan("done"), plan());
    assert.equal(await panel.page.locator(".plan").count(), 0);
    await panel.emit(plan("done"));
    await panel.snapshot(demoContext);
    assert.equal(await panel.page.locator(".plan").count(), 0);
  });
});

describe("a plan's accessibility", () => {
  testEveryTheme(suiteBrowser(), demoContext, {
    unfolded: async (panel) => {
      const items = Array.from({ length: 12 }, (_, index): PlanItem => {
        const status = index < 5 ? "done" : index === 5 ? "in_progress" : "pending";
        return { text: `Step ${index + 1}: ${"look at it ".repeat(index)}`, status };
      });
      await panel.emit(turnStart("go"), stepStart(), { type: "plan", items, at: 0 });
      await panel.page.locator(".plan button").click();
    },
  });
});
