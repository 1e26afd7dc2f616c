import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { asked, runningTool, stepStart, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach, suiteBrowser } from "../support/panel/suite-panel.ts";

const ask = [turnStart("go"), stepStart(), ...runningTool("c1", "ask_user", "Asking: Which database?", "{}")];

describe("a question of the model", () => {
  let panel: PanelPage;
  let card: Locator;
  openPanelForEach({}, (opened) => {
    panel = opened;
    card = panel.page.locator("[data-question]");
  });

  it("is announced, takes no focus, and F8 leads to it", async () => {
    await panel.page.locator(".composer-input").focus();
    await panel.emit(...ask, asked());
    assert.match(await panel.textOf("[role=alert]"), /^Question: Which database\? Press F8 to answer\./);
    assert.equal(await panel.page.evaluate(() => document.activeElement?.className), "composer-input");
    await panel.page.keyboard.press("F8");
    assert.equal(await card.evaluate((element) => element === document.activeElement), true);
  });

  it("takes a digit and Enter, and the focus goes back to the composer when it is gone", async () => {
    await panel.emit(...ask, asked());
    await panel.page.keyboard.press("F8");
    await panel.page.keyboard.press("2");
    assert.equal(await panel.page.getByRole("radio", { name: /SQLite/ }).isChecked(), true);
    await panel.page.keyboard.press("Enter");
    await panel.page.keyboard.press("Enter");
    const answer = { kind: "answer", chosen: [1], text: "" };
    assert.deepEqual(await panel.posts(), [{ type: "answer-question", id: "q1", answer }]);
    await panel.emit({ type: "question-end", id: "q1", at: Date.now() });
    assert.equal(await card.count(), 0);
    assert.equal(await panel.page.evaluate(() => document.activeElement?.className), "composer-input");
  });

  it("walks with the arrow keys, and takes several where several may be chosen", async () => {
    await panel.emit(...ask, asked({ multiple: true }));
    await panel.page.getByRole("checkbox", { name: /PostgreSQL/ }).focus();
    await panel.page.keyboard.press("Space");
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("Space");
    await panel.page.keyboard.press("ArrowUp");
    await panel.page.keyboard.press("Enter");
    const answer = { kind: "answer", chosen: [0, 1], text: "" };
    assert.deepEqual(await panel.posts(), [{ type: "answer-question", id: "q1", answer }]);
  });

  it("takes the user's own words, in which digits are digits", async () => {
    await panel.emit(...ask, asked());
    const written = card.getByRole("textbox");
    await written.focus();
    await panel.page.keyboard.type("1 of each");
    await panel.page.keyboard.press("Shift+Enter");
    await panel.page.keyboard.type("please");
    await panel.page.keyboard.press("Enter");
    const answer = { kind: "answer", chosen: [], text: "1 of each\nplease" };
    assert.deepEqual(await panel.posts(), [{ type: "answer-question", id: "q1", answer }]);
  });

  it("submits nothing while nothing is said, and is skipped at a press", async () => {
    await panel.emit(...ask, asked({ options: [] }));
    await card.getByRole("button", { name: "Submit" }).press("Enter");
    await card.getByRole("textbox").press("Enter");
    assert.deepEqual(await panel.posts(), []);
    await card.getByRole("button", { name: "Skip" }).click();
    assert.deepEqual(await panel.posts(), [{ type: "answer-question", id: "q1", answer: { kind: "skip" } }]);
  });

  it("is there again with what was written after the page was rebuilt", async () => {
    await panel.emit(...ask, asked());
    await card.getByRole("textbox").fill("half an ans");
    await panel.page.reload();
    await panel.waitForPost("ready");
    await panel.snapshot(demoContext);
    await panel.emit(...ask, asked());
    assert.equal(await card.getByRole("textbox").inputValue(), "half an ans");
  });

  it("comes one at a time, and goes when the turn ends", async () => {
    await panel.emit(...ask, asked(), asked({ text: "And then?" }, "q2"));
    assert.match(await panel.textOf("[data-question]"), /^Which database\? 1 of 2/);
    await panel.emit({ type: "question-end", id: "q1", at: Date.now() });
    assert.match(await panel.textOf("[data-question]"), /^And then\?/);
    await panel.emit(turnEnd({ kind: "cancelled" }));
    assert.equal(await card.count(), 0);
  });
});

describe("a question's accessibility", () => {
  testEveryTheme(suiteBrowser(), demoContext, {
    "one of several": async (panel) => {
      await panel.emit(...ask, asked());
      await panel.page.getByRole("radio", { name: /SQLite/ }).check();
    },
    "several, and words": async (panel) => {
      await panel.emit(...ask, asked({ multiple: true, text: `${"Which of these? ".repeat(12)}` }));
      await panel.page.getByRole("checkbox", { name: /PostgreSQL/ }).check();
      await panel.page.locator("[data-question] textarea").fill("and a cache");
    },
  });
});
