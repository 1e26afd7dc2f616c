import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { openSecurityScene, type SecurityScene } from "./security-scene.ts";

const message = (subject: string) => ({ toolUses: [{ name: "write_commit_message", input: { subject } }] });
const saved = (input: Record<string, string | number>) => ({ toolUses: [{ name: "save_document", input }] });

describe("forms that a model fills in, in a real workbench", () => {
  let scene: SecurityScene;

  before(async () => {
    scene = await openSecurityScene();
    const { workspace } = scene.workbench;
    const file = join(workspace, "src", "round.ts");
    writeFileSync(file, `${readFileSync(file, "utf8")}// rounds up\n`);
    execFileSync("git", ["add", "src/round.ts"], { cwd: workspace });
    writeFileSync(join(workspace, "note.txt"), "Harbor takes 3 days.\n");
    const properties = { carrier: { type: "string" }, days: { type: "integer", minimum: 1 } };
    const schema = { type: "object", properties, required: ["carrier", "days"] };
    writeFileSync(join(workspace, "offer.schema.json"), JSON.stringify(schema));
    await viewlet("Source Control").click();
    // The view shows its buttons while it has the focus.
    await box().click();
  });
  after(() => scene.close());

  it("writes a commit message into the Source Control view, and over what stands there only where the user says so", async () => {
    scene.play(message("Round up"), message("Round up, always"));
    await action("Generate Commit Message").click();
    await untilBoxSays("Round up");
    assert.match(JSON.stringify(scene.emulator.requests.at(-1)?.body), /rounds up/);
    const { length } = scene.emulator.requests;
    await action("Generate Commit Message").click();
    await scene.workbench.runCommand("Notifications: Show Notifications");
    const question = notifications().filter({ hasText: "The commit message box has text." });
    await question.waitFor();
    await scene.workbench.screenshot("commit-message");
    assert.deepEqual([await boxText(), scene.emulator.requests.length], ["Round up", length]);
    await question.getByRole("button", { name: "Replace" }).click();
    await untilBoxSays("Round up, always");
  });

  it("is stopped where the message is asked for, and leaves the box as it is", async () => {
    const { page } = scene.workbench;
    await box().click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
    await untilBoxSays("");
    scene.play({ fault: { kind: "stall", beforeHeaders: true, afterEvents: 0 } });
    const { length } = scene.emulator.requests;
    await action("Generate Commit Message").click();
    while (scene.emulator.requests.length === length) await page.waitForTimeout(50);
    await action("Stop Generating Commit Message").click();
    await action("Generate Commit Message").waitFor();
    assert.equal(await boxText(), "");
    assert.equal(await notifications().count(), 0);
  });

  it("makes a JSON document of a file by a schema of the workspace, an answer that does not fit mended", async () => {
    const { page, runCommand } = scene.workbench;
    scene.play(saved({ carrier: "Harbor", days: 0 }), saved({ carrier: "Harbor", days: 3 }));
    await viewlet("Explorer").click();
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "note.txt" }).dblclick();
    await page.locator(".tab", { hasText: "note.txt" }).waitFor();
    await runCommand("Outcrop: Extract to JSON");
    const row = (name: string) => page.locator(".quick-input-list .monaco-list-row", { hasText: name });
    await row("the whole file").click();
    await row("offer.schema.json").click();
    const lines = page.locator(".editor-instance .view-lines");
    await lines.getByText('"days"').waitFor();
    await scene.workbench.screenshot("extract-to-json");
    const shown = (await lines.innerText()).replaceAll("\u00a0", " ");
    assert.deepEqual(JSON.parse(shown), { carrier: "Harbor", days: 3 });
    assert.match(await page.locator(".tab.active").innerText(), /Untitled/);
    assert.match(JSON.stringify(scene.emulator.requests.at(-1)?.body), /"status":"error"/);
  });

  function notifications(): Locator {
    return scene.workbench.page.locator(".notifications-center .notification-list-item");
  }

  function viewlet(name: string): Locator {
    return scene.workbench.page.locator(".activitybar").getByRole("tab", { name: new RegExp(`^${name}`) });
  }

  /** A button in the title of the Source Control view. */
  function action(name: string): Locator {
    return scene.workbench.page
      .locator(".scm-view, .pane-header, .title-actions")
      .getByRole("button", { name, exact: true })
      .first();
  }

  /** In which a commit message is written. */
  function box(): Locator {
    return scene.workbench.page.locator(".scm-editor .view-lines").first();
  }

  async function boxText(): Promise<string> {
    return (await box().innerText()).replaceAll("\u00a0", " ").trim();
  }

  async function untilBoxSays(text: string): Promise<void> {
    while ((await boxText()) !== text) await scene.workbench.page.waitForTimeout(50);
  }
});
