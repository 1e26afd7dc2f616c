import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import { parseScript } from "../../src/emulator/script-schema.ts";
import { untilMatches } from "../support/until.ts";
import { openWorkbench, type Workbench } from "../support/vscode/workbench.ts";
import { ask, lastAnswer, untilEnded } from "./panel-page.ts";
import { readWhenWritten, saveAs } from "./save-as.ts";

const secret = "n0b0dy-sees-this-secret-key-0001";
const usage = (own: object) => ({ inputTokens: 9, outputTokens: 1, totalTokens: 1_610, ...own });
const healthy = {
  replies: [
    { text: "OK" },
    { toolUses: [{ name: "report", input: { ok: true } }] },
    { text: "OK", usage: usage({ cacheWriteInputTokens: 1_600 }) },
    { text: "OK", usage: usage({ cacheReadInputTokens: 1_600 }) },
    { text: "Hello from Bedrock." },
  ],
};

describe("what helps when the way to Bedrock does not work, in a real workbench", () => {
  let emulator: RunningEmulator;
  let workbench: Workbench;
  before(async () => {
    emulator = await startEmulator({ script: healthy });
    workbench = await openWorkbench({
      settings: { "outcrop.region": "us-east-1" },
      environment: {
        AWS_ENDPOINT_URL: emulator.url,
        AWS_ACCESS_KEY_ID: "AKIDOUTCROPTEST00001",
        AWS_SECRET_ACCESS_KEY: secret,
      },
    });
    await workbench.panel();
  });
  after(async () => {
    await workbench.close();
    await emulator.close();
  });

  it("diagnoses the connection line by line, asks before it spends, and says how it went", async () => {
    const { page } = workbench;
    await workbench.runCommand("Outcrop: Diagnose Connection");
    await page.locator(".monaco-dialog-box").getByText('Check "Prompt cache" as well?').waitFor();
    await workbench.screenshot("diagnose-asks");
    await press(page, "Check");
    await page
      .getByText(/All 10 checks passed, 2 were skipped\./)
      .first()
      .waitFor();
    for (const line of [
      /Outcrop connection check/,
      /✓ Region: us-east-1, from outcrop\.region\./,
      /✓ Streamed call: First token after \d+ ms/,
      /✓ Prompt cache: 1600 tokens were read from the cache\./,
    ])
      await untilMatches(() => editorText(page), line);
    await workbench.screenshot("diagnose-passed");
  });

  it("shows a request with everything but secrets, as a document", async () => {
    const { page } = workbench;
    const panel = await workbench.panel();
    await ask(panel, "say hello");
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /Hello from Bedrock\./);
    await workbench.runCommand("Outcrop: Inspect Requests…");
    const row = page.locator(".quick-input-list .monaco-list-row", { hasText: "ConverseStream" }).first();
    await row.getByText(/ConverseStream · HTTP 200 · \d+ ms · first token after \d+ ms/).waitFor();
    await workbench.screenshot("inspect-requests");
    await row.click();
    await page.getByRole("tab", { name: /Request \d+\.json/ }).waitFor();
    await page.locator(".view-line", { hasText: "converse-stream" }).first().waitFor();
    await untilMatches(() => editorText(page), /"authorization": "AWS4-HMAC-SHA256 \[redacted\]"/);
    const text = await editorText(page);
    assert.equal(text.includes(secret) || text.includes("AKIDOUTCROP"), false);
    await workbench.screenshot("inspect-request");
  });

  it("saves the request as a script that the emulator accepts", async () => {
    const { page } = workbench;
    await workbench.runCommand("Outcrop: Save as Emulator Script…");
    const file = `${workbench.workspace}/replay.json`;
    await saveAs(page, file);
    const script = parseScript(JSON.parse(await readWhenWritten(file)));
    assert.deepEqual(script.replies[0]?.events?.[1]?.payload, { contentBlockIndex: 0, delta: { text: "Hello" } });
  });

  it("opens the policy for what is used", async () => {
    const { page } = workbench;
    await workbench.runCommand("Outcrop: Copy IAM Policy");
    await page.locator(".view-line", { hasText: "bedrock:InvokeModelWithResponseStream" }).first().waitFor();
    await workbench.screenshot("iam-policy");
  });

  it("names what fails, with what helps above it", async () => {
    const { page } = workbench;
    await emulator.close();
    await workbench.runCommand("Outcrop: Diagnose Connection");
    await page
      .getByText(/1 of 4 checks failed, 8 were skipped\./)
      .first()
      .waitFor();
    await page.locator(".codelens-decoration").getByText("Open Settings").first().waitFor();
    const failure = /✗ Endpoint and protocol: Bedrock could not be reached \(ECONNREFUSED\)/;
    await untilMatches(() => editorText(page), failure);
    await workbench.screenshot("diagnose-failed");
  });
});

/** Presses a button of the dialog, later than its arming time. */
async function press(page: Page, button: string): Promise<void> {
  const found = page.locator(".monaco-dialog-box").getByRole("button", { name: button, exact: true });
  await found.waitFor();
  await page.waitForTimeout(600);
  await found.click();
}

/** What is in view of the active editor, as one line. */
async function editorText(page: Page): Promise<string> {
  const lines = page.locator(".editor-group-container.active .view-lines .view-line");
  const placed = await lines.evaluateAll((all) =>
    all.map((line) => [line.getBoundingClientRect().y, line.textContent ?? ""] as const),
  );
  return placed
    .sort(([left], [right]) => left - right)
    .map(([, text]) => text)
    .join(" ")
    .replaceAll(/\s+/gu, " ");
}
