import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Frame } from "playwright-core";
import { type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import type { Script } from "../../src/emulator/script-schema.ts";
import { processesOf } from "../support/processes-of.ts";
import { until } from "../support/until.ts";
import { untilGone } from "../support/until-gone.ts";
import { openWorkbench, type Workbench } from "../support/vscode/workbench.ts";
import { ask, composerHasFocus, firstSightOf, lastAnswer, untilEnded } from "./panel-page.ts";

const model = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const otherModel = "us.amazon.nova-pro-v1:0";

/** A refusal that asks for a wait of so many seconds. */
function throttledFor(seconds: number): Script["replies"][number] {
  const message = "Too many requests, please wait before trying again.";
  const headers = { "retry-after": String(seconds) };
  return { fault: { kind: "http-error", status: 429, type: "ThrottlingException", message, headers } };
}

/** Long enough that the row can be looked at, and that no test waits for its end. */
const throttled = throttledFor(600);

const manyWords = Array.from({ length: 60 }, (_, index) => `This is sentence ${index} of a long answer. `);

describe("streams that never lie, in a real workbench", () => {
  let emulator: RunningEmulator;
  let workbench: Workbench;
  let panel: Frame;

  before(async () => {
    emulator = await startEmulator({ script: { replies: [{ text: "unused" }] } });
    workbench = await openWorkbench({
      settings: { "outcrop.endpoint": emulator.url, "outcrop.region": "us-east-1", "outcrop.model": model },
      environment: { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "test" },
    });
    panel = await workbench.panel();
  });
  after(async () => {
    await workbench.close();
    await emulator.close();
  });

  const play = (...replies: Script["replies"]): void => emulator.setScript({ replies });
  const button = (name: string | RegExp) => lastAnswer(panel).getByRole("button", { name });
  const requestCount = (): number => emulator.requests.length;
  /** Allows the slow task, and waits for its process. */
  const untilTaskRuns = async (): Promise<number> => {
    await panel.locator("[data-approval]").getByRole("button", { name: "Allow Once" }).click();
    await panel.locator(".tool-running").waitFor();
    for (;;) {
      const [process] = await processesOf(workbench.workspace, /^node scripts\/replay-day\.mjs$/);
      if (process !== undefined) return process;
      await workbench.page.waitForTimeout(100);
    }
  };

  it("ticks in the retry row, shows every attempt's request id, and Retry Now sends at once", async () => {
    play(throttled, { text: "Here is the answer." });
    await ask(panel, "throttle me");
    const row = lastAnswer(panel).getByText(/Retry 1 of \d+, in \d+\ss/);
    await row.waitFor();
    const first = await row.innerText();
    while ((await row.innerText()) === first) await workbench.page.waitForTimeout(100);
    await button(/Details/).click();
    const id = await lastAnswer(panel)
      .getByText(/[0-9a-f]{8}-[0-9a-f]{4}/)
      .first()
      .innerText();
    assert.match(id, /[0-9a-f]{8}-[0-9a-f]{4}/);
    await button("Retry Now").click();
    await untilEnded(panel);
    const text = await lastAnswer(panel).innerText();
    assert.match(text, /Recovered after 1 retry/);
    assert.match(text, /Here is the answer\./);
  });

  it("stops in the middle of the wait", async () => {
    play(throttledFor(8), { text: "For the next prompt." }, { text: "One too many." });
    await ask(panel, "throttle me again");
    await button("Retry Now").waitFor();
    const sent = requestCount();
    await button("Stop").click();
    await lastAnswer(panel).getByText("Canceled").waitFor();
    await workbench.page.waitForTimeout(9_000);
    await ask(panel, "the next prompt");
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /For the next prompt\./);
    assert.equal(requestCount(), sent + 1);
  });

  it("switches the model while it waits, and says who answers from there", async () => {
    play(throttled, { text: "From the other model." });
    await ask(panel, "throttle and switch");
    await button("Retry Now").waitFor();
    await button("Switch Model").click();
    const input = workbench.page.locator(".quick-input-widget input[type=text]");
    await input.fill(otherModel);
    await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: `Use "${otherModel}"` }).click();
    await panel.locator(".model-button-name", { hasText: "nova-pro" }).waitFor();
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), new RegExp(`${otherModel}[\\s\\S]*From the other model\\.`));
    assert.match(emulator.requests.at(-1)?.path ?? "", /nova-pro/);
  });

  it("sends a short answer that broke off again, and never shows it twice", async () => {
    play(
      { text: ["The delay ", "doubles "], tokensPerSecond: 20, fault: { kind: "fin", afterEvents: 3 } },
      { text: "The delay doubles every time.", firstByteDelayMs: 6_000 },
    );
    const replaced = await firstSightOf(panel, ".markdown.replaced");
    const mark = await firstSightOf(panel, ".replaced-mark");
    await ask(panel, "a short drop");
    await untilEnded(panel);
    assert.match((await replaced())?.text ?? "", /^The delay/);
    assert.notEqual((await replaced())?.opacity, "1");
    assert.equal((await mark())?.text, "Connection lost; asking again");
    assert.equal(await lastAnswer(panel).locator(".markdown.replaced").count(), 0);
    const markdown = await lastAnswer(panel).locator(".markdown").allInnerTexts();
    assert.deepEqual(markdown, ["The delay doubles every time."]);
  });

  it("marks a long answer that broke off as interrupted and continues behind it", async () => {
    // No reset, which throws away what the client has not read yet.
    play(
      { text: manyWords, tokensPerSecond: 200, fault: { kind: "fin", afterEvents: 55 } },
      { text: "And this is the rest." },
    );
    await ask(panel, "a long drop");
    await lastAnswer(panel).getByText("Interrupted").first().waitFor();
    await button("Continue").click();
    await lastAnswer(panel).getByText("And this is the rest.").waitFor();
    await untilEnded(panel);
    const text = await lastAnswer(panel).innerText();
    assert.match(text, /This is sentence 40 [\s\S]*And this is the rest\./);
    assert.equal(text.match(/This is sentence 1 of/g)?.length, 1);
    const messages = Object(emulator.requests.at(-1)?.body).messages;
    assert.deepEqual(
      messages.slice(-2).map(({ role }: { role: string }) => role),
      ["assistant", "user"],
    );
  });

  it("continues an answer that the output limit cut", async () => {
    play({ text: "The first half,", stopReason: "max_tokens" }, { text: " and the second." });
    await ask(panel, "a long story");
    await lastAnswer(panel)
      .getByText(/cut off at the output limit/)
      .waitFor();
    await button("Continue").click();
    await lastAnswer(panel).getByText("and the second.").waitFor();
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /The first half,[\s\S]*and the second\./);
  });

  it("stops in the middle of thinking, and the server sees the connection closed", async () => {
    const thoughts = Array.from({ length: 1_200 }, (_, index) => `thought ${index} `);
    play({ reasoning: { text: thoughts }, text: "never", tokensPerSecond: 20 });
    await ask(panel, "think hard");
    await lastAnswer(panel)
      .getByText(/Thinking/)
      .first()
      .waitFor();
    await panel.getByRole("button", { name: /^Stop/ }).last().click();
    await lastAnswer(panel).getByText("Canceled").waitFor();
    await until("the server sees it", () => emulator.requests.at(-1)?.closedByClient === true);
  });

  it("stops a task in the middle, and the next prompt works", async () => {
    play(
      { toolUses: [{ name: "run_task", input: { label: "slow" } }], stopReason: "tool_use" },
      { text: "All is well." },
    );
    await ask(panel, "run the slow task");
    const task = await untilTaskRuns();
    await panel.getByRole("button", { name: "Stop", exact: true }).last().click();
    await lastAnswer(panel).getByText("Canceled").first().waitFor();
    await untilGone(task);
    // The call says that it is canceled a moment before the turn is over.
    await untilEnded(panel);
    await ask(panel, "still there?");
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /All is well\./);
  });

  it("keeps the keyboard in the composer when a task is stopped: what is typed then comes into no file", async () => {
    const { page } = workbench;
    const readme = join(workbench.workspace, "README.md");
    const before = await readFile(readme, "utf8");
    await page.keyboard.press("Control+p");
    await page.locator(".quick-input-widget input[type=text]").fill("README.md");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "README.md" }).first().click();
    await page.locator(".editor-instance .view-lines").first().waitFor();
    play({ toolUses: [{ name: "run_task", input: { label: "slow" } }], stopReason: "tool_use" });
    await ask(panel, "run the slow task once more");
    const task = await untilTaskRuns();
    await panel.locator("textarea").focus();
    await composerHasFocus(panel);
    await page.keyboard.press("Control+Escape");
    await page.keyboard.type("typed after Stop", { delay: 40 });
    await untilGone(task);
    await lastAnswer(panel).getByText("Canceled").first().waitFor();
    await page.waitForTimeout(1_500);
    await composerHasFocus(panel);
    await page.keyboard.type(", and later");
    assert.equal(await panel.locator("textarea").inputValue(), "typed after Stop, and later");
    assert.doesNotMatch(await page.locator(".editor-instance .view-lines").first().innerText(), /typed/);
    assert.equal(await readFile(readme, "utf8"), before);
  });
});
