import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Frame } from "playwright-core";
import { until, untilEqual } from "../support/until.ts";
import { ask, composerHasFocus, lastAnswer, toolRows, untilEnded } from "./panel-page.ts";
import { openSecurityScene, type SecurityScene } from "./security-scene.ts";

const write = (path: string) => ({ toolUses: [{ name: "write_file", input: { path, content: "text\n" } }] });

describe("Allow All in a real workbench", () => {
  let scene: SecurityScene;
  let panel: Frame;
  const picker = () => panel.getByRole("button", { name: /^Mode: / });
  before(async () => {
    scene = await openSecurityScene();
    panel = scene.panel;
    await picker().waitFor();
  });
  after(() => scene.close());

  const mark = () => panel.getByRole("button", { name: "Allow All is on" });
  const status = () => scene.workbench.page.locator(".statusbar-item", { hasText: "Allow All" });

  async function turnOn(): Promise<void> {
    const item = panel.getByRole("menuitemradio", { name: /^Allow All…/ });
    const ignoreFailure = () => undefined;
    // The picker closes where the composer gets the focus late, as after New Chat: it is then opened again, as a user would.
    await until("the dialog asks", async () => {
      if (!(await item.isVisible())) await picker().click({ timeout: 5_000 }).catch(ignoreFailure);
      await item.click({ timeout: 5_000 }).catch(ignoreFailure);
      await scene.dialog.waitFor({ timeout: 5_000 }).catch(ignoreFailure);
      return scene.dialog.isVisible();
    });
    await scene.press("Allow All");
    await mark().waitFor();
    await composerHasFocus(panel);
  }

  /** Asks for an edit of a file, which has to wait for the user. */
  async function waitsAtCard(path: string): Promise<void> {
    scene.play(write(path), { text: "Skipped." });
    await ask(panel, `write ${path}`);
    await panel.locator("[data-approval]").getByRole("button", { name: "Skip", exact: true }).click();
    await untilEnded(panel);
    assert.equal(scene.textOf(path), undefined);
  }

  const checkbox = () =>
    scene.workbench.page.locator('.setting-item-contents[data-key="outcrop.allowAll"] .setting-value-checkbox');

  it("UX79 J04 asks in VS Code's own dialog, in which Enter and Escape keep the default, whoever asked for it", async () => {
    await scene.forge({ type: "set-permissions", permissions: "allow-all" }, { type: "setPolicy", allowAll: true });
    for (let count = 0; count < 5; count++) await scene.forge({ type: "command", command: "allowAll" });
    await scene.dialog.waitFor();
    const text = await scene.dialog.innerText();
    assert.match(text, /Allow all in this chat\?/);
    assert.match(text, /still asked about files that steer the editor/);
    assert.match(text, /Text in files and results can steer the model/);
    assert.equal(await scene.dialog.locator(":focus").innerText(), "Keep Default Permissions");
    await scene.workbench.screenshot("allow-all-dialog");
    await scene.workbench.page.keyboard.press("Escape");
    await scene.dialog.waitFor({ state: "hidden" });
    await composerHasFocus(panel);
    await waitsAtCard("not-yet.txt");
    assert.deepEqual([await scene.dialog.count(), await mark().count()], [0, 0]);
  });

  it("UX31 UX74 UX79 runs an edit without a card once it is on, says so below the prompt, in the status bar and at the call", async () => {
    await turnOn();
    await status().waitFor();
    scene.play(write("unasked.txt"), { text: "Written." });
    await ask(panel, "write it");
    await lastAnswer(panel).getByText("Written.").waitFor();
    await untilEnded(panel);
    assert.equal(scene.textOf("unasked.txt"), "text\n");
    await panel.locator(".tool .disclosure-header").last().click();
    await panel.getByText("Allowed by Allow All, which you turned on in this chat.").waitFor();
    assert.equal(await mark().isVisible(), true);
    await scene.workbench.screenshot("allow-all-on");
  });

  it("UX78 UX79 still asks in a dialog before it writes to .vscode", async () => {
    scene.play(write(".vscode/allow-all.json"), { text: "Skipped." });
    await ask(panel, "write the settings");
    await scene.press("Skip");
    await lastAnswer(panel).getByText("Skipped.").waitFor();
    await untilEnded(panel);
    assert.equal(scene.textOf(".vscode/allow-all.json"), undefined);
    assert.equal((await toolRows(panel)).at(-1)?.[1], "Skipped");
  });

  it("UX79 is off with one press, and does not come back with a new chat or a reload", async () => {
    await mark().click();
    await mark().waitFor({ state: "detached" });
    await status().waitFor({ state: "detached" });
    await waitsAtCard("after-off.txt");
    await turnOn();
    await scene.workbench.runCommand("Outcrop: New Chat");
    await panel.locator(".prompt").first().waitFor({ state: "detached" });
    assert.equal(await mark().count(), 0);
    await turnOn();
    await scene.workbench.runCommand("Outcrop: New Chat");
    await mark().waitFor({ state: "detached" });
    await turnOn();
    await scene.workbench.runCommand("Outcrop: Turn Off Allow All");
    await mark().waitFor({ state: "detached" });
    await turnOn();
    await scene.workbench.reload();
    panel = await scene.workbench.panel();
    await picker().waitFor();
    assert.equal(await mark().count(), 0);
    await waitsAtCard("after-reload.txt");
  });

  it("UX79 goes off at once where the setting forbids it, which takes it out of the picker", async () => {
    await turnOn();
    await scene.workbench.runCommand("Preferences: Open Settings (UI)");
    await scene.workbench.page.locator(".settings-editor .suggest-input-container").click();
    await scene.workbench.page.keyboard.type("@id:outcrop.allowAll");
    await checkbox().click();
    await mark().waitFor({ state: "detached" });
    await picker().click();
    await untilEqual(() => panel.getByRole("menuitemradio").count(), 2);
    await panel.locator("textarea").focus();
    await waitsAtCard("forbidden.txt");
    await panel.evaluate(() => Reflect.get(globalThis, "forge")({ type: "command", command: "allowAll" }));
    await scene.workbench.page.getByText("Allow All is turned off by the setting outcrop.allowAll.").first().waitFor();
    assert.equal(await scene.dialog.count(), 0);
    await checkbox().click();
    await panel
      .getByRole("button", { name: "Mode: Agent. Default Permissions. Select mode and permissions" })
      .waitFor();
    assert.equal(await mark().count(), 0);
  });
});
