import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Frame } from "playwright-core";
import { type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import type { Script } from "../../src/emulator/script-schema.ts";
import { openWorkbench, type Workbench } from "../support/vscode/workbench.ts";
import { ask, lastAnswer, untilEnded } from "./panel-page.ts";

const model = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const otherModel = "us.amazon.nova-pro-v1:0";

/** A refusal that asks for a long wait, so that the row can be looked at. */
const throttled = {
  fault: {
    kind: "http-error",
    status: 429,
    type: "ThrottlingException",
    message: "Too many requests, please wait before trying again.",
    headers: { "retry-after": "40" },
  },
} as const;

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

  it("ticks in the retry row, shows every attempt's request id, and Retry Now sends at once", async () => {
    play(throttled, { text: "Here is the answer." });
    await ask(panel, "throttle me");
    const row = lastAnswer(panel).getByText(/Retry 1 of \d+ in \d+ s/);
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
    play(throttled, { text: "never sent" });
    await ask(panel, "throttle me again");
    await button("Retry Now").waitFor();
    const sent = requestCount();
    await button("Stop").click();
    await lastAnswer(panel).getByText("Canceled").waitFor();
    assert.equal(requestCount(), sent);
  });

  it("switches the model while it waits, and says who answers from there", async () => {
    play(throttled, { text: "From the other model." });
    await ask(panel, "throttle and switch");
    // The refusal of the test before still holds requests to this model back.
    await lastAnswer(panel)
      .getByText(/Waiting \d+ s, because Bedrock throttled/)
      .waitFor();
    await button("Send Now").click();
    await button("Switch Model").click();
    const input = workbench.page.locator(".quick-input-widget input[type=text]");
    await input.fill(otherModel);
    await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: `Use "${otherModel}"` }).click();
    await panel.locator(".model-button-name", { hasText: "nova-pro" }).waitFor();
    await button("Retry Now").click();
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), new RegExp(`${otherModel}[\\s\\S]*From the other model\\.`));
    assert.match(emulator.requests.at(-1)?.path ?? "", /nova-pro/);
  });

  it("sends a short answer that broke off again, and never shows it twice", async () => {
    play(
      { text: ["The delay ", "doubles "], fault: { kind: "reset", afterEvents: 3 } },
      { text: "The delay doubles every time." },
    );
    await ask(panel, "a short drop");
    await untilEnded(panel);
    const markdown = await lastAnswer(panel).locator(".markdown").allInnerTexts();
    assert.deepEqual(markdown, ["The delay doubles every time."]);
  });

  it("marks a long answer that broke off as interrupted and continues behind it", async () => {
    // Paced, because a reset throws away what the client has not read yet.
    play(
      { text: manyWords, tokensPerSecond: 200, fault: { kind: "reset", afterEvents: 55 } },
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
    const thoughts = Array.from({ length: 400 }, (_, index) => `thought ${index} `);
    play({ reasoning: { text: thoughts }, text: "never", tokensPerSecond: 20 });
    await ask(panel, "think hard");
    await lastAnswer(panel)
      .getByText(/Thinking/)
      .first()
      .waitFor();
    await panel.getByRole("button", { name: /^Stop/ }).last().click();
    await lastAnswer(panel).getByText("Canceled").waitFor();
    await workbench.page.waitForTimeout(1_000);
    assert.equal(emulator.requests.at(-1)?.closedByClient, true);
  });

  it("stops a task in the middle, and the next prompt works", async () => {
    play(
      { toolUses: [{ name: "run_task", input: { label: "slow" } }], stopReason: "tool_use" },
      { text: "All is well." },
    );
    await ask(panel, "run the slow task");
    await panel.locator("[data-approval]").getByRole("button", { name: "Allow Once" }).click();
    await panel.locator(".tool-running").waitFor();
    await panel.getByRole("button", { name: /^Stop/ }).last().click();
    await lastAnswer(panel).getByText("Canceled").first().waitFor();
    await ask(panel, "still there?");
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /All is well\./);
  });
});
