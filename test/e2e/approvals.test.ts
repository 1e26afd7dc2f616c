import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Frame } from "playwright-core";
import { until, untilMatches } from "../support/until.ts";
import { ask, lastAnswer, toolRows, untilEnded } from "./panel-page.ts";
import { openSecurityScene, type SecurityScene } from "./security-scene.ts";

const write = (path: string) => ({ toolUses: [{ name: "write_file", input: { path, content: "text\n" } }] });
const run = (command: string, cwd = "src") => ({ toolUses: [{ name: "run_command", input: { command, cwd } }] });

describe("approvals and running commands in a real workbench", () => {
  let scene: SecurityScene;
  let panel: Frame;
  before(async () => {
    scene = await openSecurityScene();
    panel = scene.panel;
  });
  after(() => scene.close());

  const allow = async () => {
    const primary = panel.locator(".approval-buttons .button-primary:not([aria-disabled=true])").first();
    const inDialog = (await primary.textContent()) === "Show Dialog";
    await primary.click();
    if (inDialog) await scene.press("Allow Once");
  };
  const rows = () => scene.workbench.page.locator(".quick-input-list .monaco-list-row");

  it("UX81 an approval that nobody sees is told by a notification that leads to its card and approves nothing", async () => {
    const { page } = scene.workbench;
    scene.play(write("told.txt"), { text: "Written." });
    await ask(panel, "write it");
    await panel.locator("[data-approval]").waitFor();
    await scene.workbench.runCommand("View: Toggle Secondary Side Bar Visibility");
    await page.locator(".part.auxiliarybar").waitFor({ state: "hidden" });
    await scene.workbench.runCommand("Notifications: Show Notifications");
    const told = page.locator(".notifications-center .notification-list-item", {
      hasText: "Outcrop asks: Create told.txt?",
    });
    await told.getByRole("button", { name: "Show" }).click();
    // Nothing of the test's own may show the panel, and so take the focus.
    await page.locator(".part.auxiliarybar .pane-body").first().waitFor();
    panel = await scene.workbench.panel();
    await panel.locator("[data-approval]:focus").waitFor();
    await scene.workbench.screenshot("approval-told");
    assert.deepEqual((await toolRows(panel)).at(-1)?.[1], "Waiting for you");
    assert.equal(scene.textOf("told.txt"), undefined);
    await panel.getByRole("button", { name: "Skip", exact: true }).click();
    await untilEnded(panel);
  });

  it("UX76 UX77 a command that asks for a password is shown in its terminal, where alone it is typed", async () => {
    const { page } = scene.workbench;
    const script =
      "echo Connecting\nprintf 'Password: '\nread -rs secret < /dev/tty\necho\nprintf %s \"$secret\" | wc -c\nexit 3\n";
    writeFileSync(join(scene.workbench.workspace, "src", "ask.sh"), script);
    scene.play(run("bash ask.sh"), { text: "It asked." });
    await ask(panel, "log in");
    await allow();
    await panel.getByText("It seems to ask for a secret.").waitFor();
    assert.match((await panel.locator(".tool-tail").last().textContent()) ?? "", /^Connecting$/);
    await scene.workbench.screenshot("command-asks");
    await panel.getByRole("button", { name: "Show Terminal" }).click();
    await page.locator(".terminal-wrapper .xterm-helper-textarea:focus").waitFor();
    await page.keyboard.type("hunter2");
    await page.keyboard.press("Enter");
    await lastAnswer(panel).getByText("It asked.").waitFor();
    await untilEnded(panel);
    assert.match((await toolRows(panel)).at(-1)?.[0] ?? "", /exit code 3$/);
    const result = JSON.stringify(scene.emulator.requests.at(-1)?.body);
    assert.match(result, /Password:[^"]*7/);
    assert.doesNotMatch(result, /hunter2/);
    await panel.locator(".tool .disclosure-header").last().click();
    assert.match(
      (await panel.locator(".plain-output pre").first().textContent()) ?? "",
      /bash ask\.sh[\s\S]+"cwd": "src"/,
    );
  });

  it("UX76 a command that runs for long goes on in the background, and another one is stopped", async () => {
    scene.play(run("echo begun; sleep 300"), { text: "It goes on." });
    await ask(panel, "watch");
    await allow();
    await panel.getByRole("button", { name: "Continue in Background" }).click();
    await lastAnswer(panel).getByText("It goes on.").waitFor();
    await untilEnded(panel);
    assert.match((await toolRows(panel)).at(-1)?.[0] ?? "", /it goes on running$/);
    scene.play(run("echo again; sleep 300"), { text: "It was ended." });
    await ask(panel, "watch again");
    await allow();
    await panel.locator(".running-choices").getByRole("button", { name: "Stop" }).click();
    await lastAnswer(panel).getByText("It was ended.").waitFor();
    await untilEnded(panel);
    assert.match((await toolRows(panel)).at(-1)?.[0] ?? "", /ended by you$/);
  });

  it("UX80 every rule that was made is listed with its scope, and a command takes all of them back", async () => {
    for (const [path, scope] of [
      ["one.txt", "In this Chat"],
      ["two.txt", "Always in this Workspace…"],
    ] as const) {
      scene.play(write(path), { text: `Wrote ${path}.` });
      await ask(panel, `write ${path}`);
      await panel.locator(".approval-buttons .button-primary:not([aria-disabled=true])").first().waitFor();
      await panel.getByRole("button", { name: "More ways to allow" }).click();
      await panel
        .getByRole("menuitem", { name: new RegExp(`${scope}$`) })
        .first()
        .click();
      if (scope !== "In this Chat") await scene.press("Make Rule and Allow");
      await lastAnswer(panel).getByText(`Wrote ${path}.`).waitFor();
      await untilEnded(panel);
    }
    await scene.workbench.runCommand("Outcrop: Manage Approval Rules");
    await rows().filter({ hasText: "two.txt" }).first().waitFor();
    await scene.workbench.screenshot("rules-by-scope");
    for (const part of [/In this workspace/, /two\.txt/, /Until the chat is closed/, /one\.txt/])
      await untilMatches(async () => (await rows().allTextContents()).join("\n"), part);
    await scene.workbench.page.keyboard.press("Escape");
    await scene.workbench.runCommand("Outcrop: Reset Approval Rules…");
    await scene.press("Revoke All");
    await scene.dialog.waitFor({ state: "detached" });
    // The rules are taken back one after another, a moment after the dialog was answered; the list shows those of its opening.
    const { page } = scene.workbench;
    const none = page.getByPlaceholder(/^No rules:/);
    await until("no rule is left", async () => {
      await scene.workbench.runCommand("Outcrop: Manage Approval Rules");
      await none.or(page.getByPlaceholder(/^Rules in force;/)).waitFor();
      const isEmpty = await none.isVisible();
      await page.keyboard.press("Escape");
      return isEmpty;
    });
  });
});
