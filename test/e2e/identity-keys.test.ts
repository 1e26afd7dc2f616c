import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { jane } from "../support/identity-scene.ts";
import { until } from "../support/until.ts";
import { type IdentityWorkbench, type IdentityWorkbenchOptions, openIdentityWorkbench } from "./identity-workbench.ts";
import { keptTexts } from "./kept-texts.ts";
import { ask, lastAnswer, untilEnded } from "./panel-page.ts";

const apiKey = "ABSKcanary0of0the0api0key0123456789abcdef";

/** A service, or a gateway before it, that says aloud what it was given. */
function tellTale(secret: string): Reply {
  const message = `The credentials ${secret} may not be used for this.`;
  return { fault: { kind: "http-error", status: 403, type: "AccessDeniedException", message } };
}

function openWithout(
  test: TestContext,
  secret: string,
  own: IdentityWorkbenchOptions = {},
): Promise<IdentityWorkbench> {
  const replies = [tellTale(secret), { text: "It is signed and answered." }];
  return openIdentityWorkbench(test, { script: { replies, repeatLast: true }, ...own });
}

/** A turn that fails aloud and one that answers; what was shown and kept of all that, by where. */
async function useKeys({ workbench, panel, rows }: IdentityWorkbench): Promise<readonly (readonly [string, string])[]> {
  const { page } = workbench;
  await ask(panel, "Who am I?");
  await lastAnswer(panel).locator(".notice").first().waitFor();
  await untilEnded(panel);
  await ask(panel, "And now?");
  await lastAnswer(panel).getByText("signed and answered").waitFor();
  await untilEnded(panel);
  await workbench.screenshot("identity-refused");
  const shown = (await panel.locator("#outcrop").textContent()) ?? "";
  await workbench.runCommand("Outcrop: Inspect Requests…");
  await rows.filter({ hasText: "HTTP 403" }).first().click();
  const editor = page.locator(".editor-group-container.active .view-lines");
  await editor.getByText("redacted").first().waitFor();
  const head = await editor.innerText();
  // The editor has the focus a moment after its text is there.
  await until("its end is in view", async () => {
    await page.keyboard.press("Control+End");
    return editor.getByText("AccessDeniedException").first().isVisible();
  });
  await workbench.screenshot("identity-inspected");
  const inspected = `${head} ${await editor.innerText()}`;
  assert.match(inspected, /redacted/);
  await workbench.runCommand("Outcrop: Show Log");
  await editor.getByText("Model call failed").first().waitFor();
  const log = await editor.innerText();
  await workbench.screenshot("identity-log");
  // What is kept later than at once is kept now.
  await workbench.reload();
  await workbench.panel();
  // What is scanned holds what was said, what was set and what was remembered.
  const known = ["And now?", "outcrop.authentication", "outcrop.demo"];
  let kept: ReadonlyMap<string, string> = new Map();
  await until(`all of ${known} is kept`, async () => {
    kept = await keptTexts(workbench);
    const texts = [...kept.values()];
    return known.every((word) => texts.some((text) => text.includes(word)));
  });
  return [...kept, ["panel", shown], ["inspector", inspected], ["log", log]];
}

function assertWithout(texts: readonly (readonly [string, string])[], ...secrets: readonly string[]): void {
  for (const [place, text] of texts) {
    for (const secret of secrets) assert.ok(!text.includes(secret), place);
  }
}

describe("keys that are typed into a real workbench", () => {
  it("first run without AWS: an API key is asked for, kept in secret storage only, and answers", async (test) => {
    const scene = await openWithout(test, apiKey, { checkKeys: false });
    const { workbench, panel, rows, secretBox, signers } = scene;
    const { page } = workbench;
    await panel.getByText("Demo model: scripted, no AI").waitFor();
    await workbench.screenshot("identity-first-run");
    await panel.getByRole("button", { name: "Use Amazon Bedrock" }).click();
    await rows.filter({ hasText: "Automatic" }).waitFor();
    assert.match(await rows.filter({ hasText: "Automatic" }).innerText(), /nothing found/);
    await workbench.screenshot("identity-nothing-found");
    await rows.filter({ hasText: "Set API Key…" }).click();
    await secretBox.fill("AKIANOTAKEYATALL0001");
    await page.getByText("Use Outcrop: Set Access Keys").first().waitFor();
    await workbench.screenshot("identity-api-key");
    await secretBox.fill(apiKey);
    await page.keyboard.press("Enter");
    await page.locator(".quick-input-widget").getByText("AWS region of Amazon Bedrock").waitFor();
    await page.locator(".quick-input-widget input[type=text]").fill("eu-central-1");
    await page.keyboard.press("Enter");
    await panel.getByText("Amazon Bedrock · eu-central-1").waitFor();
    await scene.statusBar("Stored API key").waitFor();
    const texts = await useKeys(scene);
    assert.deepEqual(signers(), [apiKey, apiKey]);
    assertWithout(texts, apiKey);
  });

  it("access keys sign, and are kept in secret storage only", async (test) => {
    const scene = await openWithout(test, jane.secretAccessKey, { settings: { "outcrop.region": "eu-west-1" } });
    const { workbench, secretBox, signers } = scene;
    const { page } = workbench;
    await workbench.runCommand("Outcrop: Set Access Keys…");
    for (const [step, typed] of ["AWS access key ID", "AWS secret access key", "AWS session token"].entries()) {
      await page.locator(".quick-input-widget").getByText(typed).waitFor();
      await secretBox.fill([jane.accessKeyId, jane.secretAccessKey, ""][step] ?? "");
      await page.keyboard.press("Enter");
    }
    await scene.statusBar("Stored access keys · 111122223333 · eu-west-1").waitFor();
    const texts = await useKeys(scene);
    const signer = `${jane.accessKeyId} eu-west-1`;
    assert.deepEqual(signers(), [signer, signer]);
    assertWithout(texts, jane.secretAccessKey, jane.accessKeyId);
  });
});
