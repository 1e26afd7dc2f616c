import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Frame } from "playwright-core";
import { untilEqual } from "../support/until.ts";
import { bytesOf } from "./bytes-of.ts";
import { ask, lastAnswer, toolRows, untilEnded } from "./panel-page.ts";
import { openSecurityScene, type SecurityScene } from "./security-scene.ts";

const edit = (old_text: string, new_text: string) => ({
  name: "edit_file",
  input: { path: "src/config.ts", edits: [{ old_text, new_text }] },
});
const poll = edit("pollSeconds: 300", "pollSeconds: 600");
const quiet = edit("from: 21", "from: 22");

/** Allows what waits, until the turn is over. */
async function allowUntilEnded(panel: Frame): Promise<void> {
  const allow = panel.getByRole("button", { name: "Allow Once" }).first();
  const send = panel.getByRole("button", { name: "Send", exact: true });
  for (;;) {
    await allow.or(send).first().waitFor();
    if ((await send.count()) > 0) return untilEnded(panel);
    await allow.click({ timeout: 2000 }).catch(() => undefined);
  }
}

describe("review of changes in a real workbench", () => {
  let scene: SecurityScene;
  let panel: Frame;
  let original: Readonly<Record<string, string>>;
  let config: string;
  before(async () => {
    scene = await openSecurityScene();
    panel = scene.panel;
    original = bytesOf(scene.workbench.workspace);
    config = scene.textOf("src/config.ts") ?? "";
  });
  after(() => scene.close());

  const count = () => panel.locator(".changes-count");
  /** What comes next is not to find the diff that is closing, nor to lose the focus to it. */
  const closeEditors = async () => {
    await scene.workbench.runCommand("View: Close All Editors");
    await scene.workbench.page.locator(".monaco-diff-editor").first().waitFor({ state: "detached" });
  };

  it("UX84 UX85 lists what two writes to one file in one message changed, and shows it in the editor's own diff", async () => {
    scene.play({ toolUses: [poll, quiet] }, { text: "Changed both." });
    await ask(panel, "poll less often, and be quiet later");
    await panel.getByRole("button", { name: "Open Diff" }).first().click();
    const proposed = scene.workbench.page.locator(".monaco-diff-editor .modified .view-line", { hasText: "600" });
    await proposed.first().waitFor();
    await scene.workbench.screenshot("review-proposal");
    assert.equal(scene.textOf("src/config.ts"), config);
    await closeEditors();
    await allowUntilEnded(panel);
    assert.equal(scene.textOf("src/config.ts"), config.replace("300", "600").replace("from: 21", "from: 22"));
    await untilEqual(() => count().textContent(), "1 file changed +2 −2");

    await panel.locator(".changes-list button").first().click();
    await scene.workbench.screenshot("review-list");
    await panel.getByRole("button", { name: "Show changes of src/config.ts" }).click();
    const { page } = scene.workbench;
    await page.locator(".monaco-diff-editor .modified .view-line", { hasText: "600" }).first().waitFor();
    await page.locator(".monaco-diff-editor .original .view-line", { hasText: "300" }).first().waitFor();
    await scene.workbench.screenshot("review-diff");
  });

  it("UX87 keeps one of two pieces by its key in the diff editor, and undoes the other in the file", async () => {
    const { page } = scene.workbench;
    await page.locator(".monaco-diff-editor .modified .view-line", { hasText: "600" }).first().click();
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.press("ControlOrMeta+y");
    await count().getByText("+1 −1").waitFor();
    assert.equal(scene.textOf("src/config.ts"), config.replace("300", "600").replace("from: 21", "from: 22"));
    await closeEditors();
    await page.keyboard.press("ControlOrMeta+p");
    await page.getByPlaceholder("Search files by name").fill("src/config.ts");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "config.ts" }).first().click();
    await page
      .locator(".codelens-decoration a", { hasText: /^Undo$/ })
      .first()
      .waitFor();
    await scene.workbench.screenshot("review-lenses");
    await page
      .locator(".codelens-decoration a", { hasText: /^Undo$/ })
      .first()
      .click();
    await panel.locator(".changes").waitFor({ state: "detached" });
    assert.equal(scene.textOf("src/config.ts"), config.replace("300", "600"));
  });

  it("UX89 restores the checkpoint after the tests ran: files and conversation are as before, and Redo brings both back", async () => {
    scene.play({ toolUses: [{ name: "run_task", input: { label: "test" } }] }, { text: "They ran." });
    await ask(panel, "run the tests");
    await allowUntilEnded(panel);
    await lastAnswer(panel).getByText("They ran.").waitFor();
    // The sample has a test that fails.
    assert.deepEqual((await toolRows(panel)).at(-1), ['Ran task "test", exit code 1', "Done"]);
    const changed = bytesOf(scene.workbench.workspace);

    const first = panel.locator(".prompt").first();
    await first.hover();
    await first.getByRole("button", { name: "Restore Checkpoint…" }).click();
    await first.getByText("src/config.ts").waitFor();
    await scene.workbench.screenshot("review-restore");
    await first.getByRole("button", { name: "Restore Files and Conversation" }).click();
    await panel.locator(".empty-state").waitFor();
    assert.deepEqual(bytesOf(scene.workbench.workspace), original);
    await untilEqual(() => panel.locator("textarea").inputValue(), "poll less often, and be quiet later");

    await panel.getByRole("button", { name: "Redo" }).click();
    await lastAnswer(panel).getByText("They ran.").waitFor();
    assert.deepEqual(bytesOf(scene.workbench.workspace), changed);
    assert.equal(await panel.locator(".prompt").count(), 2);
  });

  it("leaves what was taken back out of what is sent, also after a reload", async () => {
    const second = panel.locator(".prompt").nth(1);
    await second.hover();
    await second.getByRole("button", { name: "Restore Checkpoint…" }).click();
    await second.getByRole("button", { name: "Restore Conversation Only" }).click();
    await panel.getByText("Checkpoint restored", { exact: true }).waitFor();
    await scene.workbench.reload();
    panel = await scene.workbench.panel();
    await panel.locator(".prompt").getByText("poll less often").waitFor();
    assert.equal(await panel.locator(".prompt").count(), 1);
    scene.play({ text: "Yes." });
    await ask(panel, "is it done?");
    await lastAnswer(panel).getByText("Yes.").waitFor();
    await untilEnded(panel);
    const sent = JSON.stringify(scene.emulator.requests.at(-1)?.body);
    assert.match(sent, /poll less often/);
    assert.doesNotMatch(sent, /run the tests/);
    assert.equal(await panel.getByRole("button", { name: "Redo" }).count(), 0);
  });
});
