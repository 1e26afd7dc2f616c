import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ask, lastAnswer, toolRows, untilEnded } from "./panel-page.ts";
import { openSecurityScene, type SecurityScene } from "./security-scene.ts";

const path = ".vscode/settings.json";
const hostile = `{\n  "task.allowAutomaticTasks": "on"\n}\n`;
const write = (content: string, to = path) => ({
  toolUses: [{ name: "write_file", input: { path: to, content } }],
});

describe("approvals of the second tier in a real workbench", () => {
  let scene: SecurityScene;
  let original: string;

  before(async () => {
    scene = await openSecurityScene();
    original = scene.textOf(path) ?? assert.fail("the sample workspace has settings");
  });
  after(() => scene.close());

  const buttons = async (): Promise<readonly string[]> =>
    (await scene.dialog.getByRole("button").allInnerTexts()).filter((text) => text !== "");
  const showDialog = () => scene.panel.getByRole("button", { name: "Show Dialog" }).click({ timeout: 2_000 });
  const lastResult = (): unknown => {
    const { messages } = Object(scene.emulator.requests.at(-1)?.body);
    return messages.at(-1).content[0].toolResult;
  };

  it("D01 a protected edit asks in the editor's own dialog, with everything that decides, and Enter would skip", async () => {
    scene.play(write(hostile), { text: "Done." });
    await ask(scene.panel, "change the settings");
    await scene.dialog.waitFor();
    const text = await scene.dialog.innerText();
    assert.match(text, /Overwrite \.vscode\/settings\.json\?/);
    assert.match(text, /⚠ It sets "task\.allowAutomaticTasks" to "on"\./);
    assert.match(text, /protected file/);
    assert.match(text, /-.+"task\.allowAutomaticTasks": "off"\n.*\+.+"task\.allowAutomaticTasks": "on"/);
    assert.match(text, /Why am I asked\? It changes what programs, the editor or an assistant act on/);
    assert.deepEqual((await buttons()).toSorted(), ["Allow Once", "Not Now", "Show in Editor", "Skip"]);
    assert.equal(await scene.dialog.locator(":focus").innerText(), "Skip");
    await scene.workbench.screenshot("approval-dialog-light");
  });

  it("G07 a button pressed as the dialog appears does nothing: the dialog comes again", async () => {
    const { page } = scene.workbench;
    await page.keyboard.press("Escape");
    await scene.dialog.waitFor({ state: "hidden" });
    await page.evaluate(pressAtOnce, "Allow Once");
    await scene.untilDialog(showDialog);
    await page.waitForFunction(() => {
      const pressed: unknown = Reflect.get(globalThis, "pressedAtOnce");
      const shown = document.querySelector(".monaco-dialog-box");
      return pressed !== undefined && shown !== null && shown !== pressed;
    });
    await page.waitForTimeout(600);
    assert.equal(scene.textOf(path), original);
  });

  it("G18 Escape leaves the request open, and a forged approval from the panel does nothing", async () => {
    await scene.workbench.page.keyboard.press("Escape");
    await scene.dialog.waitFor({ state: "hidden" });
    assert.deepEqual((await toolRows(scene.panel)).at(-1)?.[1], "Waiting for you");
    const { id, digest } = await scene.lastRequest();
    const approve = (decision: unknown, more: object = {}) => ({
      type: "approve",
      answer: { id, digest, decision, ...more },
    });
    await scene.forge(
      approve({ kind: "allow" }),
      approve({ kind: "allow", grant: { offer: "any", scope: "session" } }),
      approve({ kind: "allow", from: "user" }),
      approve({ kind: "allow" }, { from: "user" }),
      { ...approve({ kind: "allow" }), from: "user" },
    );
    await scene.workbench.page.waitForTimeout(500);
    assert.equal(scene.textOf(path), original);
    assert.equal(scene.emulator.requests.length, 1);
    assert.deepEqual((await toolRows(scene.panel)).at(-1)?.[1], "Waiting for you");
  });

  it("J01 J04 J09 unknown, malformed and too powerful messages of the panel do nothing", async () => {
    const { id, digest } = await scene.lastRequest();
    const write = { path: "forged.txt", content: "x" };
    await scene.forge(
      { type: "runTool", tool: "write_file", input: write },
      { type: "tool", name: "write_file", input: write },
      { type: "setPolicy", policy: "allow" },
      { type: "autoApprove", value: true },
      { type: "addRule", rule: 'allow write_file(glob "**")' },
      { type: "command", command: "outcrop.clearData" },
      { type: "command", command: "workbench.action.terminal.new" },
      { type: "approve", answer: { id, digest, decision: { kind: "allow" } }, autoApprove: true },
      { type: "approve", answer: { id: [id], digest, decision: { kind: "allow" } } },
      { type: "save-settings", settings: { "outcrop.endpoint": "https://evil.example" } },
      { type: "send" },
      { type: "send", text: "x".repeat(5_000_000), attachments: [] },
      { type: "open-file", path: "forged.txt", create: true },
      { type: "__proto__" },
      null,
      "approve",
      [1, 2, 3],
    );
    await scene.workbench.page.waitForTimeout(500);
    assert.equal(scene.textOf("forged.txt"), undefined);
    assert.equal(scene.textOf(path), original);
    assert.equal(scene.emulator.requests.length, 1);
    assert.deepEqual((await toolRows(scene.panel)).at(-1)?.[1], "Waiting for you");
  });

  it("J08 ten thousand messages at once are dropped, and the panel goes on working", async () => {
    await scene.panel.evaluate(() => {
      const forge: unknown = Reflect.get(globalThis, "forge");
      if (typeof forge !== "function") throw new Error("the panel is not compromised");
      for (let index = 0; index < 10_000; index++) forge({ type: "ready" });
    });
    // What is pressed while there are still too many is dropped with them.
    await scene.untilDialog(showDialog);
  });

  it("G17 UX73 Skip in the dialog tells the model that nothing was changed", async () => {
    await scene.press("Skip");
    await untilEnded(scene.panel);
    assert.equal(scene.textOf(path), original);
    assert.deepEqual((await toolRows(scene.panel)).at(-1)?.[1], "Skipped");
    assert.partialDeepStrictEqual(lastResult(), {
      content: [{ text: "The user skipped this call. Nothing was run or changed." }],
    });
  });

  it("G02 what was shown and allowed in the dialog is written, once", async () => {
    scene.play(write(hostile), { text: "Done." });
    await ask(scene.panel, "change the settings again");
    await scene.press("Allow Once");
    await untilEnded(scene.panel);
    assert.equal(scene.textOf(path), hostile);
    const { id, digest } = await scene.lastRequest();
    await scene.forge({ type: "approve", answer: { id, digest, decision: { kind: "allow" } } });
    assert.match(await lastAnswer(scene.panel).innerText(), /Done\./);
  });

  it("G11 a change that is longer than the dialog is allowed only after the whole of it was shown", async () => {
    const long = `{\n${Array.from({ length: 300 }, (_, index) => `  "key${index}": ${index},`).join("\n")}\n  "last": 1\n}\n`;
    scene.play(write(long), { text: "Done." });
    await ask(scene.panel, "write many settings");
    await scene.dialog.waitFor();
    assert.deepEqual((await buttons()).toSorted(), ["Not Now", "Show in Editor", "Skip"]);
    assert.match(await scene.dialog.innerText(), /more characters\. Show in Editor shows all of it\./);
    await scene.press("Show in Editor");
    const { page } = scene.workbench;
    await page.locator(".tab.active", { hasText: "Overwrite" }).waitFor();
    await scene.workbench.screenshot("approval-document");
    await scene.panel.getByRole("button", { name: "Show Dialog" }).click();
    await scene.press("Allow Once");
    await untilEnded(scene.panel);
    assert.equal(scene.textOf(path), long);
  });

  it("G03 an answer in a dialog whose turn was stopped does nothing, and says so", async () => {
    scene.play(write(hostile, ".vscode/launch.json"), { text: "unused" });
    await ask(scene.panel, "change them back");
    await scene.dialog.waitFor();
    await scene.forge({ type: "stop" });
    await lastAnswer(scene.panel).getByText("Canceled").waitFor();
    await scene.press("Allow Once");
    await scene.workbench.runCommand("Notifications: Show Notifications");
    await scene.workbench.page
      .locator(".notifications-center")
      .getByText("It was no longer waiting for an answer. Nothing was done.")
      .waitFor();
    assert.equal(scene.textOf(".vscode/launch.json"), undefined);
  });

  it("J06 an answer for a chat that is no longer shown does nothing", async () => {
    scene.play(write(hostile, ".vscode/launch.json"), { text: "unused" });
    await ask(scene.panel, "ask in the first chat");
    await scene.press("Not Now");
    const { id, digest } = await scene.lastRequest();
    await scene.workbench.runCommand("Outcrop: New Chat");
    await scene.panel.locator(".empty-state").waitFor();
    await scene.forge(
      { type: "approve", answer: { id, digest, decision: { kind: "allow" } } },
      { type: "show-approval", id },
    );
    await scene.workbench.page.waitForTimeout(500);
    assert.equal(await scene.dialog.count(), 0);
    assert.equal(scene.textOf(".vscode/launch.json"), undefined);
  });

  it("A03 a write outside the workspace asks in the dialog, without a way to always allow it", async () => {
    const outside = join(scene.workbench.workspace, "..", "outside.txt");
    scene.play(write("x\n", "../outside.txt"), { text: "Done." });
    await ask(scene.panel, "write outside");
    await scene.dialog.waitFor();
    assert.match(await scene.dialog.innerText(), /outside workspace/);
    assert.deepEqual((await buttons()).toSorted(), ["Allow Once", "Not Now", "Show in Editor", "Skip"]);
    await scene.press("Skip");
    await untilEnded(scene.panel);
    assert.equal(existsSync(outside), false);
  });

  it("shows the dialog in a dark theme as well", async () => {
    await scene.workbench.runCommand("Preferences: Toggle between Light/Dark Themes");
    scene.play(write("root = true\n", ".git/../.vscode/tasks.json"), { text: "Done." });
    await ask(scene.panel, "write tasks");
    await scene.dialog.waitFor();
    await scene.workbench.screenshot("approval-dialog-dark");
    await scene.press("Skip");
    await untilEnded(scene.panel);
  });
});

/** Runs in the page: presses a button of the next dialog as that appears, and keeps which dialog it was. */
function pressAtOnce(name: string): void {
  const observer = new MutationObserver(() => {
    const dialog = document.querySelector(".monaco-dialog-box");
    const buttons = [...(dialog?.querySelectorAll<HTMLElement>("[role=button]") ?? [])];
    const button = buttons.find(({ textContent }) => textContent === name);
    if (button === undefined) return;
    observer.disconnect();
    Object.assign(globalThis, { pressedAtOnce: dialog });
    button.click();
  });
  observer.observe(document.body, { childList: true, subtree: true });
}
