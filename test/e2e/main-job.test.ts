import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Frame } from "playwright-core";
import { openWorkbench, type Workbench } from "../support/vscode/workbench.ts";
import { ask, lastAnswer, recordGrowth, toolRows, untilEnded } from "./panel-page.ts";

const question = "where is the retry delay computed, and do the tests pass?";

describe("the main job in a real workbench, through the demo model", () => {
  let workbench: Workbench;
  let panel: Frame;
  before(async () => {
    // A title comes behind the turn, and its tokens are counted to it: what is compared below would change meanwhile.
    workbench = await openWorkbench({ settings: { "outcrop.chatTitles": "off" } });
    panel = await workbench.panel();
  });
  after(() => workbench.close());

  it("opens on an empty chat that says it is the demo, and a suggestion fills the composer", async () => {
    await panel.getByText("Demo model: scripted, no AI").waitFor();
    await panel.getByRole("button", { name: "Run the tests" }).click();
    assert.equal(await panel.locator("textarea").inputValue(), "Run the tests");
    assert.equal(await panel.locator(".prompt").count(), 0);
    await panel.locator("textarea").fill("");
  });

  it("streams, shows the tools in order, asks for the task and answers from the results", async () => {
    const growth = await recordGrowth(panel);
    await ask(panel, question);
    const card = panel.locator("[data-approval]");
    await card.waitFor();
    assert.deepEqual(await toolRows(panel), [
      ['Searched for "retry[-_. ]?delay", 9 results in 5 files', "Done"],
      ["Read src/http/retry-delay.ts, lines 1–11 of 11", "Done"],
      ['Run task "test"', "Waiting for you"],
    ]);
    assert.match(await card.innerText(), /Run task "test"\?[\s\S]*node --test --test-reporter=spec/);
    await card.getByRole("button", { name: "Allow Once" }).click();
    await untilEnded(panel);

    assert.deepEqual((await toolRows(panel)).at(-1), ['Ran task "test", exit code 1', "Done"]);
    const answer = await lastAnswer(panel).innerText();
    assert.match(answer, /src\/http\/retry-delay\.ts:8/);
    assert.match(answer, /2 \*\* \(attempt - 1\)/);
    assert.match(answer, /exit code 1/);
    const lengths = await growth();
    assert.ok(lengths.length >= 20, `The answer came in ${lengths.length} paints.`);
    assert.deepEqual(
      lengths,
      lengths.toSorted((left, right) => left - right),
    );
  });

  it("unfolds a tool's input and output", async () => {
    const row = panel.locator(".tool").first();
    await row.getByRole("button").first().click();
    assert.match(await row.innerText(), /Input[\s\S]*"pattern"[\s\S]*Output[\s\S]*src\/http\/retry-delay\.ts/);
    await row.getByRole("button").first().click();
  });

  it("shows the transcript again after the view was hidden and shown", async () => {
    const before = await lastAnswer(panel).innerText();
    await workbench.runCommand("View: Toggle Secondary Side Bar Visibility");
    await workbench.page.locator(".part.auxiliarybar").waitFor({ state: "hidden" });
    await workbench.runCommand("Outcrop: Focus Chat");
    panel = await workbench.panel();
    await panel.locator(".answer").first().waitFor();
    assert.equal(await lastAnswer(panel).innerText(), before);
  });

  it("has the transcript back after a reload of the page, and goes on from there", async () => {
    const before = { answer: await lastAnswer(panel).innerText(), tools: await toolRows(panel) };
    await workbench.reload();
    panel = await workbench.panel();
    await panel.locator(".answer").first().waitFor();
    assert.deepEqual({ answer: await lastAnswer(panel).innerText(), tools: await toolRows(panel) }, before);
    await ask(panel, "hello");
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /demo/i);
  });

  it("skips a task with a reason, which the model gets", async () => {
    await ask(panel, "run the tests");
    const card = panel.locator("[data-approval]");
    await card.waitFor();
    await card.getByPlaceholder("Reason for skipping").fill("they take too long");
    await card.getByRole("button", { name: "Skip" }).click();
    await untilEnded(panel);
    assert.deepEqual((await toolRows(panel)).at(-1)?.[1], "Skipped");
  });

  it("stops in the middle of an answer, says so, and the next prompt works", async () => {
    await ask(panel, "what is this project?");
    await panel.getByRole("button", { name: /^Stop/ }).click();
    await lastAnswer(panel).getByText("Canceled").waitFor();
    await ask(panel, "read README.md");
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /README\.md/);
  });

  it("shows a retry and recovers when the model is throttled", async () => {
    await ask(panel, "show throttling");
    await panel
      .getByText(/Throttled by Bedrock/)
      .first()
      .waitFor();
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /2 retries/);
  });

  it("recalls the last prompt with ArrowUp", async () => {
    await panel.locator("textarea").press("ArrowUp");
    assert.equal(await panel.locator("textarea").inputValue(), "show throttling");
    await panel.locator("textarea").fill("");
  });

  it("attaches the editor's selection and sends it with the question", async () => {
    await workbench.runCommand("Go to File...");
    const input = workbench.page.locator(".quick-input-widget input[type=text]");
    await input.fill("src/round.ts");
    await workbench.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator(".monaco-editor .view-lines").first().click();
    await workbench.page.keyboard.press("Control+a");
    await workbench.runCommand("Outcrop: Ask About Selection");
    await panel.locator(".composer .chip").waitFor();
    assert.match(await panel.locator(".composer .chip").innerText(), /^round\.ts:1/);
    await ask(panel, "what is this?");
    await untilEnded(panel);
    assert.match(await panel.locator(".prompt").last().innerText(), /round\.ts:1/);
  });

  it("starts a new chat that is empty", async () => {
    await workbench.runCommand("Outcrop: New Chat");
    await panel.locator(".empty-state").waitFor();
    assert.equal(await panel.locator(".prompt").count(), 0);
  });
});
