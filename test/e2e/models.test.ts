import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Frame, Locator, Page } from "playwright-core";
import { type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import { textReply } from "../../src/emulator/replies.ts";
import type { Script } from "../../src/emulator/script-schema.ts";
import { iamDenial } from "../support/control-plane.ts";
import { openWorkbench, type Workbench } from "../support/vscode/workbench.ts";
import { ask, lastAnswer, untilEnded } from "./panel-page.ts";

const profile = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/k3x9q2m7v1ab";
const answering: Script = { replies: [textReply("Hello.")], repeatLast: true };

describe("models in a real workbench, on an emulated AWS", () => {
  let emulator: RunningEmulator;
  let workbench: Workbench;
  let page: Page;
  let panel: Frame;

  before(async () => {
    emulator = await startEmulator({ script: answering });
    workbench = await openWorkbench({
      settings: {
        "outcrop.region": "us-east-1",
        "outcrop.chatTitles": "off",
        "outcrop.configurations": {
          cheap: { model: "amazon.nova-lite-v1:0" },
          broken: { modle: "x" },
        },
      },
      environment: {
        AWS_ENDPOINT_URL_BEDROCK: emulator.url,
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: emulator.url,
        AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
      },
    });
    page = workbench.page;
    panel = await workbench.panel();
  });
  after(async () => {
    await workbench.close();
    await emulator.close();
  });
  beforeEach(() => emulator.setScript(answering));

  const rows = (text: string): Locator => page.locator(".quick-input-list .monaco-list-row", { hasText: text });
  const box = (): Locator => page.locator(".quick-input-widget input[type=text]");
  const modelCalls = (): readonly string[] =>
    emulator.requests
      .map(({ path }) => decodeURIComponent(path))
      .filter((path) => path.startsWith("/model/") && !path.endsWith("/count-tokens"));

  async function openPicker(): Promise<void> {
    await workbench.runCommand("Outcrop: Select Model");
    await page.locator(".quick-input-title", { hasText: "Outcrop: Select Model" }).waitFor();
  }

  async function closePicker(): Promise<void> {
    await page.keyboard.press("Escape");
    await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /** Settings of scope `machine` come from the server's own file. */
  async function changeSettings(changed: Readonly<Record<string, unknown>>): Promise<void> {
    const file = join(workbench.globalStorage, "..", "..", "Machine", "settings.json");
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), ...changed }));
  }

  it("lists what there is in groups, with what helps to choose", async () => {
    await openPicker();
    await rows("team-assistant").first().waitFor();
    await workbench.screenshot("models-picker");
    await box().fill("Nova Micro");
    const row = rows("Nova Micro").first();
    await row.waitFor();
    assert.match(
      await row.innerText(),
      /amazon\.nova-micro-v1:0[\s\S]*128K context · \$0\.035 in, \$0\.14 out · caching, tools · us-east-1/,
    );
  });

  it("picks by keyboard, and the next prompt goes to the model", async () => {
    await page.keyboard.press("Enter");
    await panel.getByRole("button", { name: "Model: nova-micro. Select another model" }).waitFor();
    await ask(panel, "hello");
    await untilEnded(panel);
    assert.equal(await lastAnswer(panel).locator(".markdown").innerText(), "Hello.");
    assert.deepEqual(modelCalls(), ["/model/amazon.nova-micro-v1:0/converse-stream"]);
  });

  it("keeps favourites and what was used last above the rest", async () => {
    await openPicker();
    await box().fill("team-assistant");
    await rows("team-assistant").first().hover();
    await rows("team-assistant").first().getByRole("button", { name: "Add to Favourites" }).click();
    await closePicker();
    await openPicker();
    await rows("team-assistant")
      .first()
      .getByRole("button", { name: "Remove from Favourites" })
      .waitFor({ state: "attached" });
    const first = await page.locator(".quick-input-list .monaco-list-row").first().innerText();
    const second = await page.locator(".quick-input-list .monaco-list-row").nth(1).innerText();
    assert.match(first, /team-assistant[\s\S]*Favourites|Favourites[\s\S]*team-assistant/);
    assert.match(second, /nova-micro/);
    await closePicker();
  });

  it("takes an ARN that is typed, and knows the model behind it", async () => {
    await openPicker();
    await box().fill("arn:aws:s3:::bucket/key");
    await rows("An ARN of Bedrock reads").waitFor();
    const other = profile.replace("k3x9q2m7v1ab", "zzzzzzzzzzzz");
    await box().fill(other);
    await rows(`Use "${other}"`).waitFor();
    await box().fill(profile);
    await page.keyboard.press("Enter");
    await panel.getByRole("button", { name: "Model: k3x9q2m7v1ab. Select another model" }).waitFor();
    await ask(panel, "and again");
    await untilEnded(panel);
    assert.equal(modelCalls().at(-1), `/model/${profile}/converse-stream`);
    assert.ok(emulator.requests.some(({ path }) => decodeURIComponent(path) === `/inference-profiles/${profile}`));
  });

  it("says of the model that is looked at that the account has no access to it", async () => {
    await openPicker();
    await box().fill("US Claude Opus 4.6");
    await rows("No access yet: accept its terms").first().waitFor();
    await workbench.screenshot("models-no-access");
    await closePicker();
  });

  it("shows the catalogue with its day where listing is denied, and names the actions", async () => {
    const message = iamDenial("bedrock:ListInferenceProfiles");
    const fault = { kind: "http-error", status: 403, type: "AccessDeniedException", message } as const;
    emulator.setScript({ ...answering, controlPlane: { fault } });
    await openPicker();
    await box().fill("Claude Opus 5 (GLOBAL)");
    await rows("global.anthropic.claude-opus-5").first().waitFor();
    await workbench.screenshot("models-denied");
    await box().fill("IAM policy leaves");
    await rows("bedrock:ListInferenceProfiles, bedrock:ListFoundationModels").waitFor();
    await closePicker();
  });

  it("switches to a named configuration, and says which one is in use", async () => {
    await workbench.runCommand("Outcrop: Switch Configuration…");
    await rows('The configuration "broken"').waitFor();
    await workbench.screenshot("models-configurations");
    await box().fill("cheap");
    await page.keyboard.press("Enter");
    await panel.getByText("Amazon Bedrock · us-east-1 · cheap").waitFor();
    await panel.getByRole("button", { name: "Model: nova-lite. Select another model" }).waitFor();
    await ask(panel, "hello, cheap one");
    await untilEnded(panel);
    assert.equal(modelCalls().at(-1), "/model/amazon.nova-lite-v1:0/converse-stream");
  });

  it("sends nothing with a configuration that is wrong", async () => {
    const sent = modelCalls().length;
    await changeSettings({ "outcrop.configuration": "broken" });
    await panel.getByText("Amazon Bedrock · us-east-1 · broken").waitFor();
    await ask(panel, "hello, broken one");
    await panel.getByText('holds "modle", which is none of').first().waitFor();
    assert.equal(modelCalls().length, sent);
    await changeSettings({ "outcrop.configuration": "" });
    await panel.getByText("Amazon Bedrock · us-east-1", { exact: true }).waitFor();
  });

  it("refuses a model that may answer outside of the allowed regions before anything is sent", async () => {
    const sent = modelCalls().length;
    await changeSettings({
      "outcrop.model": "us.amazon.nova-pro-v1:0",
      "outcrop.allowedRegions": ["us-east-1"],
    });
    await panel.getByRole("button", { name: "Model: nova-pro. Select another model" }).waitFor();
    await ask(panel, "hello, far away");
    await panel.getByText("us.amazon.nova-pro-v1:0 may be answered in us-east-2, us-west-2").first().waitFor();
    assert.equal(modelCalls().length, sent);
    await workbench.screenshot("models-residency");
  });

  it("marks such models in the picker, and does not select them", async () => {
    await openPicker();
    await box().fill("US Claude Haiku 4.5");
    await rows("Blocked by outcrop.allowedRegions: may be answered in us-east-2, us-west-2").first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("was not selected: it may be answered in us-east-2, us-west-2").first().waitFor();
    assert.equal(await panel.getByRole("button", { name: "Model: nova-pro. Select another model" }).count(), 1);
  });
});
