import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { untilEqual } from "../support/until.ts";
import { ask, lastAnswer, toolRows, untilEnded } from "./panel-page.ts";
import { readWhenWritten, saveAs } from "./save-as.ts";
import { openSecurityScene, type SecurityScene } from "./security-scene.ts";

const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

describe("what the panel asks for and the user decides, in a real workbench", () => {
  let scene: SecurityScene;
  before(async () => {
    scene = await openSecurityScene({ settings: { "outcrop.maxToolCalls": 2 } });
  });
  after(() => scene.close());

  const closeDialog = async (): Promise<void> => {
    await scene.workbench.page.keyboard.press("Escape");
    await scene.dialog.waitFor({ state: "hidden" });
  };
  const rows = () => scene.workbench.page.locator(".quick-input-list .monaco-list-row");

  it("I06 I07 a link opens only through a dialog that shows where it really leads", async () => {
    const query = "q".repeat(2_000);
    scene.play({
      text: `[https://aws.amazon.com](https://evil.example/?${query}) and [idn](https://аws.amazon.com/x).`,
    });
    await ask(scene.panel, "links please");
    await untilEnded(scene.panel);
    await lastAnswer(scene.panel).locator("[data-href]").first().click();
    await scene.dialog.waitFor();
    assert.match(
      await scene.dialog.innerText(),
      /Open a link to evil\.example\?[\s\S]*https:\/\/evil\.example\/\?q{2000}/,
    );
    assert.equal(await scene.dialog.locator(":focus").innerText(), "Copy");
    await closeDialog();
    await scene.untilDialog(() => scene.forge({ type: "open-link", href: "https://аws.amazon.com/x" }));
    const text = await scene.dialog.innerText();
    assert.match(text, /Open a link to xn--ws-6kc\.amazon\.com\?/);
    assert.match(text, /letters of other scripts/);
    await closeDialog();
    assert.equal(scene.workbench.page.context().pages().length, 1);
  });

  it("I07 J03 links with a user part, and all that are not http, are refused", async () => {
    await scene.forge(
      { type: "open-link", href: "https://aws.amazon.com@evil.example" },
      { type: "open-link", href: "file:///etc/passwd" },
      { type: "open-link", href: "vscode://file/etc/passwd" },
      { type: "open-link", href: "ms-msdt:/id" },
      { type: "open-link", href: "command:workbench.action.terminal.new" },
      { type: "open-link", href: "javascript:alert(1)" },
      { type: "open-link", href: "not an address" },
    );
    await scene.workbench.page.waitForTimeout(500);
    assert.equal(await scene.dialog.count(), 0);
    assert.equal(scene.workbench.page.context().pages().length, 1);
    await scene.workbench.runCommand("Notifications: Show Notifications");
    const refusals = scene.workbench.page.locator(".notifications-center");
    await refusals.getByText("it leads to evil.example").waitFor();
    await refusals.getByText(/Only http and https links are opened, not javascript:/).waitFor();
    await scene.workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("I08 J02 a file outside the workspace, or one that is missing, is not opened and not made", async () => {
    const before = await scene.workbench.page.locator(".tabs-container .tab").count();
    await scene.forge(
      { type: "open-file", path: "/etc/passwd" },
      { type: "open-file", path: "../../etc/passwd" },
      { type: "open-file", path: "file:///etc/passwd" },
      { type: "open-file", path: "made-up.txt" },
    );
    await scene.workbench.page.waitForTimeout(500);
    assert.equal(await scene.workbench.page.locator(".tabs-container .tab").count(), before);
    assert.equal(scene.textOf("made-up.txt"), undefined);
    await scene.forge({ type: "open-file", path: "README.md", line: 3 });
    await scene.workbench.page.locator(".tab.active", { hasText: "README.md" }).waitFor();
    await scene.workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("L07 a prompt that holds a secret is sent only after a question, and masked", async () => {
    scene.play({ text: "Noted." });
    const before = scene.emulator.requests.length;
    const composer = scene.panel.locator("textarea");
    await composer.fill(`my key: aws_secret_access_key=${secret}`);
    await composer.press("Enter");
    await scene.dialog.waitFor();
    assert.match(await scene.dialog.innerText(), /Send what looks like a secret\?[\s\S]*Found in the prompt\./);
    await scene.workbench.screenshot("secret-dialog");
    await closeDialog();
    await scene.panel.waitForFunction(() => document.querySelector("textarea")?.value !== "");
    assert.equal(await composer.inputValue(), `my key: aws_secret_access_key=${secret}`);
    assert.equal(scene.emulator.requests.length, before);
    await composer.press("Enter");
    await scene.press("Send with It Masked");
    await lastAnswer(scene.panel).getByText("Noted.").waitFor();
    const body = JSON.stringify(scene.emulator.requests.at(-1)?.body);
    assert.match(body, /\[redacted:[a-z0-9-]+#1\]/);
    assert.equal(body.includes(secret), false);
  });

  it("M03 a paused turn goes on only where the user says so in a dialog that names what is raised", async () => {
    const read = (path: string) => ({ toolUses: [{ name: "read_file", input: { path } }] });
    const files = ["README.md", "package.json", "tsconfig.json"];
    scene.play(...files.map(read), { text: "All read." });
    await ask(scene.panel, "read them all");
    await lastAnswer(scene.panel).getByRole("button", { name: "Continue…" }).waitFor();
    const sent = scene.emulator.requests.length;
    await scene.forge({ type: "resume" });
    await scene.dialog.waitFor();
    assert.match(await scene.dialog.innerText(), /Let the turn go on\?[\s\S]*may make another 2 tool calls\./);
    assert.equal(await scene.dialog.locator(":focus").innerText(), "Keep Paused");
    await scene.workbench.screenshot("pause-dialog");
    await scene.press("Keep Paused");
    assert.equal(scene.emulator.requests.length, sent);
    const goOn = lastAnswer(scene.panel).getByRole("button", { name: "Continue…" });
    await scene.untilDialog(() => goOn.click({ timeout: 2_000 }));
    await scene.press("Continue");
    await lastAnswer(scene.panel).getByText("All read.").waitFor();
    await untilEnded(scene.panel);
  });

  it("G18 a rule for the workspace is made only in a dialog that shows its text, and can be revoked", async () => {
    const write = (content: string) => ({ toolUses: [{ name: "write_file", input: { path: "notes.txt", content } }] });
    const makeRule = async (): Promise<void> => {
      await scene.panel.getByRole("button", { name: "More ways to allow" }).click({ timeout: 2_000 });
      await scene.panel
        .getByRole("menuitem", { name: /Always in this Workspace/ })
        .first()
        .click({ timeout: 2_000 });
    };
    scene.play(write("one\n"), { text: "First written." });
    await ask(scene.panel, "write notes");
    await scene.panel.locator("[data-approval]").waitFor();
    await scene.workbench.page.waitForTimeout(600);
    await scene.untilDialog(makeRule);
    assert.match(await scene.dialog.innerText(), /no longer asked about:[\s\S]+allow write_file\(glob "notes\.txt"\)/);
    await scene.workbench.screenshot("rule-dialog");
    await closeDialog();
    assert.equal(scene.textOf("notes.txt"), undefined);
    assert.deepEqual((await toolRows(scene.panel)).at(-1)?.[1], "Waiting for you");
    await scene.untilDialog(makeRule);
    await scene.press("Make Rule and Allow");
    await lastAnswer(scene.panel).getByText("First written.").waitFor();
    await untilEnded(scene.panel);
    scene.play(write("two\n"), { text: "Second written." });
    await ask(scene.panel, "write notes again");
    await lastAnswer(scene.panel).getByText("Second written.").waitFor();
    await untilEnded(scene.panel);
    assert.equal(scene.textOf("notes.txt"), "two\n");

    await scene.workbench.runCommand("Outcrop: Manage Approval Rules");
    await rows().filter({ hasText: "notes.txt" }).first().waitFor();
    await scene.workbench.screenshot("rules");
    const held = rows().filter({ hasText: "notes.txt" });
    await held.first().hover();
    await held.first().getByRole("button", { name: "Revoke" }).click();
    await untilEqual(() => held.count(), 1);
    // The last one by keyboard; the list comes back without it.
    await scene.workbench.page.keyboard.press("Enter");
    await scene.press("Revoke");
    await scene.workbench.page.getByPlaceholder(/^No rules:/).waitFor();
    await scene.workbench.page.keyboard.press("Escape");
    scene.play(write("three\n"), { text: "Third." });
    await ask(scene.panel, "write notes a third time");
    await scene.panel.locator("[data-approval]").waitFor();
    assert.equal(scene.textOf("notes.txt"), "two\n");
    await scene.panel.getByRole("button", { name: "Skip", exact: true }).click();
    await untilEnded(scene.panel);
  });

  it("G14 several edits of one message are asked about together, one request each, and allowed with one press", async () => {
    const write = (path: string) => ({ name: "write_file", input: { path, content: `${path}\n` } });
    scene.play({ toolUses: [write("one.txt"), write("two.txt")] }, { text: "Both written." });
    await ask(scene.panel, "write both");
    const together = scene.panel.getByRole("region", { name: "2 approvals wait" });
    await together.waitFor();
    assert.deepEqual(await together.locator(".batch-list > li").allInnerTexts(), [
      "Create one.txt?",
      "Create two.txt?",
    ]);
    assert.equal(await scene.panel.locator("[data-approval]").count(), 2);
    await together.locator(".button-primary:not([aria-disabled=true])").click();
    await lastAnswer(scene.panel).getByText("Both written.").waitFor();
    await untilEnded(scene.panel);
    assert.deepEqual([scene.textOf("one.txt"), scene.textOf("two.txt")], ["one.txt\n", "two.txt\n"]);
  });

  it("Q05 the audit log opens as a document that says whether its chain holds", async () => {
    await scene.workbench.runCommand("Outcrop: Show Audit Log");
    const lines = scene.workbench.page.locator(".view-line");
    await lines.filter({ hasText: /every\shash\sfits/ }).waitFor();
    const text = (await lines.allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
    assert.match(text, /^The log is as it was written: \d+ records in 1 chain, every hash fits\.\n/);
    assert.match(text, /allow by user: write_file .*notes\.txt/);
    assert.match(text, /allow by rule:.*write_file .*notes\.txt/);
    await scene.workbench.screenshot("audit-log");
  });

  it("Q05 the audit log is exported to a file outside the repository, and the user is told where", async () => {
    await scene.workbench.runCommand("Outcrop: Export Audit Log…");
    const file = scene.workbench.page.locator(".quick-input-widget input[type=text]");
    await scene.workbench.page.locator(".quick-input-title", { hasText: "Export Audit Log" }).waitFor();
    await scene.workbench.page.waitForFunction(() =>
      document.querySelector<HTMLInputElement>(".quick-input-widget input")?.value.endsWith("outcrop-audit.jsonl"),
    );
    const proposed = await file.inputValue();
    assert.equal(proposed.startsWith(scene.workbench.workspace), false);
    await saveAs(scene.workbench.page, proposed);
    await scene.workbench.runCommand("Notifications: Show Notifications");
    await scene.workbench.page
      .getByText(/^Exported \d+ records of the audit log to .*outcrop-audit\.jsonl\.$/)
      .waitFor();
    await scene.workbench.runCommand("Notifications: Clear All Notifications");
    const [first = ""] = (await readWhenWritten(proposed)).split("\n");
    assert.equal(JSON.parse(first).seq, 1);
  });

  it("Q06 Clear Data removes chats, rules, the audit log and what was spent, after a question", async () => {
    const kept = (): readonly string[] =>
      readdirSync(scene.workbench.globalStorage, { recursive: true, encoding: "utf8" }).filter((name) =>
        /outcrop\.outcrop.*\.(jsonl|json)$/.test(name),
      );
    assert.notDeepEqual(kept(), []);
    await scene.workbench.runCommand("Outcrop: Clear Data…");
    await scene.dialog.waitFor();
    await closeDialog();
    assert.notDeepEqual(kept(), []);
    await scene.workbench.runCommand("Outcrop: Clear Data…");
    await scene.press("Clear Data");
    await scene.panel.locator(".empty-state").waitFor();
    assert.deepEqual(kept(), []);
    scene.play({ text: "A new beginning." });
    await ask(scene.panel, "hello");
    await lastAnswer(scene.panel).getByText("A new beginning.").waitFor();
  });
});
