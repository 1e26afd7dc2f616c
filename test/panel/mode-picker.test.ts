import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { bedrockContext, demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { openPanelForEach, suiteBrowser } from "../support/panel/suite-panel.ts";

describe("the mode picker", () => {
  let panel: PanelPage;
  openPanelForEach({}, (opened) => {
    panel = opened;
  });

  const button = () => panel.page.getByRole("button", { name: /^Mode: / });
  const focused = () => panel.page.evaluate(() => document.activeElement?.getAttribute("aria-label"));

  it("names the settings' mode until one is chosen in the chat", async () => {
    assert.equal(await button().textContent(), "Agent");
    await panel.snapshot({ ...demoContext, mode: "ask" });
    assert.equal(await button().textContent(), "Ask");
    await panel.emit({ type: "choice", mode: "agent", at: 0 });
    assert.equal(await button().textContent(), "Agent");
  });

  it("is walked with the keyboard, starts at the mode in force, and leads back to the composer", async () => {
    await button().focus();
    await panel.page.keyboard.press("ArrowDown");
    assert.equal(
      await panel.page.getByRole("menuitemradio", { checked: true }).getAttribute("aria-label"),
      "Agent. Uses every tool that is on; what has an effect asks first.",
    );
    assert.match(await panel.textOf(".menu"), /Ask\s*Looks and answers; nothing is changed or run\./);
    assert.match((await focused()) ?? "", /^Agent\./);
    await panel.page.keyboard.press("ArrowDown");
    assert.match((await focused()) ?? "", /^Ask\. Looks and answers/);
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.posts(), [{ type: "set-mode", mode: "ask" }]);
    assert.equal(await panel.page.getByRole("menu").count(), 0);
    assert.match((await focused()) ?? "", /^Prompt\./);
    assert.match(await panel.textOf("[role=status]"), /^Mode: Ask\. It counts from the next prompt on\./);
  });

  it("chooses nothing on Escape, and says nothing where the mode stays", async () => {
    await button().click();
    await panel.page.keyboard.press("Escape");
    assert.match((await focused()) ?? "", /^Mode: Agent\./);
    await button().click();
    await panel.page.getByRole("menuitemradio", { name: /^Agent/ }).click();
    assert.deepEqual(await panel.posts(), []);
  });

  it("stands beside a button that asks for VS Code's list of tools", async () => {
    await panel.page.getByRole("button", { name: "Configure Tools…" }).click();
    assert.deepEqual(await panel.posts(), [{ type: "command", command: "configureTools" }]);
  });
});

describe("the mode picker's accessibility", () => {
  testEveryTheme(suiteBrowser(), bedrockContext, {
    open: async (panel) => {
      await panel.page.getByRole("button", { name: /^Mode: / }).click();
    },
  });
});
