import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { bedrockContext, demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { openPanelForEach, suiteBrowser } from "../support/panel/suite-panel.ts";

const raised = { ...demoContext, permissions: "allow-all" } as const;

describe("the mode picker", () => {
  let panel: PanelPage;
  openPanelForEach({}, (opened) => {
    panel = opened;
  });

  const button = () => panel.page.getByRole("button", { name: /^Mode: / });
  const mark = () => panel.page.getByRole("button", { name: "Allow All is on Turn Off" });
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
      await panel.page.getByRole("menuitemradio", { checked: true }).first().getAttribute("aria-label"),
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

  it("UX31 offers mode and permissions in one menu, and only asks for Allow All", async () => {
    await button().click();
    const groups = panel.page.getByRole("menu").getByRole("group");
    assert.deepEqual(await groups.evaluateAll((all) => all.map((group) => group.getAttribute("aria-label"))), [
      "Mode",
      "Permissions",
    ]);
    const checked = panel.page.getByRole("menuitemradio", { checked: true });
    assert.deepEqual(
      await checked.evaluateAll((all) => all.map((item) => item.getAttribute("aria-label")?.split(".")[0])),
      ["Agent", "Default Permissions"],
    );
    await panel.page.keyboard.press("ArrowUp");
    assert.match((await focused()) ?? "", /^Allow All…\. Ordinary edits/);
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.posts(), [{ type: "command", command: "allowAll" }]);
    assert.equal(await mark().count(), 0);
    assert.equal(
      await button().getAttribute("aria-label"),
      "Mode: Agent. Default Permissions. Select mode and permissions",
    );
  });

  it("UX31 UX79 shows as long as Allow All is on that it is, in words and with an icon, says so, and turns it off with one press", async () => {
    await panel.say({ type: "context", context: raised });
    assert.match(await panel.textOf("[role=status]"), /^Allow All is on in this chat\./);
    assert.equal(await mark().locator(".icon").count(), 1);
    assert.equal(await button().getAttribute("aria-label"), "Mode: Agent. Allow All. Select mode and permissions");
    await panel.emit({ type: "choice", mode: "ask", at: 0 });
    assert.equal(await mark().isVisible(), true);
    await mark().focus();
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.posts(), [{ type: "command", command: "defaultPermissions" }]);
    assert.equal(await mark().count(), 1, "the host decides");
    await panel.say({ type: "context", context: demoContext });
    assert.equal(await mark().count(), 0);
    assert.match(await panel.textOf("[role=status]"), /^Allow All is off\./);
    assert.match((await focused()) ?? "", /^Prompt\./);
  });

  it("UX31 UX79 turns it off in the menu too, and offers no permissions where there is no choice", async () => {
    await panel.say({ type: "context", context: raised });
    await button().click();
    await panel.page.getByRole("menuitemradio", { name: /^Allow All/, checked: true }).waitFor();
    await panel.page.getByRole("menuitemradio", { name: /^Default Permissions/ }).click();
    assert.deepEqual(await panel.posts(), [{ type: "command", command: "defaultPermissions" }]);
    const { permissions: _, ...without } = demoContext;
    await panel.say({ type: "context", context: without });
    assert.equal(await mark().count(), 0);
    await button().click();
    assert.equal(await panel.page.getByRole("menuitemradio").count(), 2);
    assert.equal(await button().getAttribute("aria-label"), "Mode: Agent. Select another mode");
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
    "open while Allow All is on": async (panel) => {
      await panel.say({ type: "context", context: { ...bedrockContext, permissions: "allow-all" } });
      await panel.page.getByRole("button", { name: /^Mode: / }).click();
    },
  });
});
