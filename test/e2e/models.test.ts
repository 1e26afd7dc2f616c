import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Frame, Locator, Page } from "playwright-core";
import { type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import { textReply } from "../../src/emulator/replies.ts";
import type { Script } from "../../src/emulator/script-schema.ts";
import { comes } from "../support/comes.ts";
import { iamDenial } from "../support/control-plane.ts";
import { until, untilMatches } from "../support/until.ts";
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

  it("UX29 UX93 lists what there is in groups, with what helps to choose", async () => {
    await openPicker();
    await rows("team-assistant").first().waitFor();
    await workbench.screenshot("models-picker");
    await box().fill("Nova Micro");
    const row = rows("Nova Micro").first();
    await row.waitFor();
    assert.match(
      await row.innerText(),
      /amazon\.nova-micro-v1:0[\s\S]*128K context · \$0\.035 in, \$0\.14 out · caching \(\$0\.00875 read\), tools · us-east-1/,
    );
    assert.match(
      await page.locator(".quick-input-title").innerText(),
      /\(prices per 1M tokens, as of \d{4}-\d\d-\d\d\)$/,
    );
  });

  it("UX29 picks by keyboard, and the next prompt goes to the model", async () => {
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
    const row = rows("team-assistant").first();
    const isKept = row.getByRole("button", { name: "Remove from Favourites" });
    // The list is filled anew a moment after what was typed, and once more when AWS has answered: a press that meets that is lost.
    await until("it is a favourite", async () => {
      await row.hover();
      await row.getByRole("button", { name: "Add to Favourites" }).click();
      return comes(isKept, 10_000, "attached");
    });
    await closePicker();
    await openPicker();
    await isKept.waitFor({ state: "attached" });
    const shown = page.locator(".quick-input-list .monaco-list-row");
    await untilMatches(
      () => shown.first().innerText(),
      /team-assistant[\s\S]*Favourites|Favourites[\s\S]*team-assistant/,
    );
    await untilMatches(() => shown.nth(1).innerText(), /nova-micro/);
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
  });

  it("UX6 says so in a new chat where it is selected all the same, with the button to select another", async () => {
    await page.keyboard.press("Enter");
    await panel.getByRole("button", { name: "Model: claude-opus-4-6. Select another model" }).waitFor();
    await workbench.runCommand("Outcrop: New Chat");
    await panel.getByText("The account had no access to the model when it was selected.").waitFor();
    await panel.getByRole("button", { name: "Select Model", exact: true }).click();
    await page.locator(".quick-input-title", { hasText: "Outcrop: Select Model" }).waitFor();
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
    await page.getByText("does not allow this: may be answered in us-east-2, us-west-2").first().waitFor();
    assert.equal(await panel.getByRole("button", { name: "Model: nova-pro. Select another model" }).count(), 1);
  });
});
