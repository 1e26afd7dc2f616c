import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { runningTool, stepEnd, stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach, suiteBrowser } from "../support/panel/suite-panel.ts";

async function play(panel: PanelPage): Promise<void> {
  const ran = (id: string) =>
    [
      ...runningTool(id, "run_task", `Running ${id}`, "{}"),
      {
        type: "tool-end",
        id,
        state: "succeeded",
        title: `Ran ${id}`,
        result: `the needle of ${id}`,
        at: Date.now(),
      },
    ] as const;
  for (const turn of ["one", "two", "three", "four", "five"]) {
    const filler = "Words.\n\n".repeat(20);
    const tools = turn === "three" ? [...ran("first"), ...ran("second"), stepEnd("tool_use"), stepStart(2)] : [];
    const words = turn === "one" ? `${filler}A Nee**dle** here.\n\n${filler}` : filler;
    await panel.emit(turnStart(turn, [], turn), stepStart(), ...tools, text(words), turnEnd());
  }
}

async function search(panel: PanelPage, query: string): Promise<void> {
  await panel.page.keyboard.press("Control+f");
  await panel.page.locator(".find-input").fill(query);
}

describe("find in the chat", () => {
  let panel: PanelPage;
  openPanelForEach({}, async (opened) => {
    panel = opened;
    await play(panel);
    await panel.page.getByRole("textbox").focus();
  });

  const count = () => panel.page.locator(".find-count");
  const shows = async (text: string, match: string) => {
    await count().getByText(text, { exact: true }).waitFor();
    await panel.page.waitForFunction((wanted) => {
      const range = [...(CSS.highlights.get("outcrop-find-current") ?? [])][0];
      if (!(range instanceof Range) || range.toString() !== wanted) return false;
      const box = range.getBoundingClientRect();
      return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
    }, match);
  };

  it("UX54 Ctrl+F finds off the screen, across marks, and in what is folded; Enter, Shift+Enter and F3 walk", async () => {
    await search(panel, "needle");
    await shows("1 of 3", "Needle");
    await panel.page.keyboard.press("Enter");
    await shows("2 of 3", "needle");
    assert.equal(await panel.page.locator(".work-header").getAttribute("aria-expanded"), "true");
    await panel.page.keyboard.press("F3");
    await shows("3 of 3", "needle");
    await panel.page.keyboard.press("Enter");
    await shows("1 of 3", "Needle");
    await panel.page.keyboard.press("Shift+Enter");
    await shows("3 of 3", "needle");
  });

  it("UX54 Escape closes it, takes the marks away and gives the focus back", async () => {
    await search(panel, "words");
    await count().getByText("1 of 120", { exact: true }).waitFor();
    await panel.page.keyboard.press("Escape");
    await panel.page.locator(".find-bar").waitFor({ state: "detached" });
    await panel.page.waitForFunction(() => CSS.highlights.size === 0);
    assert.ok(await panel.page.locator(".composer-input").evaluate((input) => input === document.activeElement));
    assert.equal(await panel.page.locator(".tool .disclosure-body").count(), 0);
  });

  it("UX54 finds what streams in without a pause", async () => {
    await search(panel, "later");
    await count().getByText("No results", { exact: true }).waitFor();
    await panel.emit(turnStart("six", [], "six"), stepStart(), text("It comes later."));
    let isFound = false;
    const found = count()
      .getByText("1 of 1", { exact: true })
      .waitFor()
      .finally(() => {
        isFound = true;
      });
    while (!isFound) await panel.emit(text(" And more."));
    await found;
  });

  it("UX54 says that there is nothing, and finds what comes while it is open", async () => {
    await search(panel, "later");
    await count().getByText("No results", { exact: true }).waitFor();
    await panel.emit(turnStart("six", [], "six"), stepStart(), text("It comes later."), turnEnd());
    await count().getByText("1 of 1", { exact: true }).waitFor();
    assert.deepEqual(await panel.violations(), []);
  });
});

describe("the accessibility of find", () => {
  testEveryTheme(suiteBrowser(), demoContext, {
    "an open search": async (panel) => {
      await play(panel);
      await search(panel, "needle");
      await panel.page.locator(".find-count").getByText("1 of 3", { exact: true }).waitFor();
      await panel.page.locator(".sticky-prompt").waitFor();
    },
  });
});
