import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { jane, keysOf, mfa, mfaRole, plainCredentials, ssoConfig } from "../support/identity-scene.ts";
import { openIdentityWorkbench } from "./identity-workbench.ts";
import { ask, lastAnswer, untilEnded } from "./panel-page.ts";

const files = { config: `${ssoConfig}[profile private]\nregion = us-west-2\n`, credentials: keysOf("private", jane) };

describe("identity in a real workbench", () => {
  it("two profiles: the picker shows both, and the status bar who the chosen one is", async (test) => {
    const { workbench, panel, rows, statusBar, signers } = await openIdentityWorkbench(test, { files });
    await panel.getByRole("button", { name: "Select AWS Identity" }).click();
    await rows.filter({ hasText: "private" }).waitFor();
    assert.match(
      await rows.filter({ hasText: "work" }).innerText(),
      /IAM Identity Center · 777788889999 · Dev[\s\S]*Signed out/,
    );
    await workbench.screenshot("identity-two-profiles");
    await rows.filter({ hasText: "private" }).click();
    const item = statusBar("private · 111122223333 · us-west-2");
    await item.waitFor();
    await panel.getByText("Amazon Bedrock · us-west-2", { exact: true }).waitFor();
    await ask(panel, "Who am I?");
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /signed and answered/);
    assert.deepEqual(signers(), [`${jane.accessKeyId} us-west-2`]);
    assert.match(
      (await item.getByRole("button").getAttribute("aria-label")) ?? "",
      /arn:aws:iam::111122223333:user\/jane/,
    );
    await workbench.screenshot("identity-status");
  });

  it("an expired session: Sign In in place, and the same turn answers", async (test) => {
    const settings = { "outcrop.profile": "work" };
    const scene = await openIdentityWorkbench(test, { files, settings });
    const { workbench, panel } = scene;
    const { page } = workbench;
    await ask(panel, "Who am I?");
    const failure = lastAnswer(panel).locator(".notice");
    await failure.getByText("The IAM Identity Center session of the profile work has ended: sign in again").waitFor();
    await workbench.screenshot("identity-expired");
    await failure.getByRole("button", { name: "Sign In" }).click();
    await page.locator(".monaco-dialog-box").getByText("Sign in to AWS with the code").waitFor();
    await workbench.screenshot("identity-device-code");
    await scene.press("Copy Link");
    await page
      .getByText(/confirm the code/)
      .first()
      .waitFor();
    // The notification fades in.
    await page.waitForTimeout(500);
    await workbench.screenshot("identity-waiting");
    await scene.confirmDevice();
    await lastAnswer(panel).getByText("signed and answered").waitFor();
    await untilEnded(panel);
    assert.equal(await panel.locator(".prompt").count(), 1);
    assert.equal(scene.signers().length, 1);
    await scene.statusBar("work · 777788889999 · eu-central-1").waitFor();
    await workbench.screenshot("identity-signed-in");
  });

  it("a multi-factor code: Stop closes the box and ends the turn, and the next one asks anew", async (test) => {
    const scene = await openIdentityWorkbench(test, {
      files: { config: `${mfaRole}source_profile = plain\nregion = us-east-1\n`, credentials: plainCredentials },
      settings: { "outcrop.profile": "role" },
    });
    const { workbench, panel, secretBox } = scene;
    const { page } = workbench;
    await ask(panel, "Who am I?");
    await page.locator(".quick-input-widget").getByText(`Code of the device ${mfa.serial}`).waitFor();
    await workbench.screenshot("identity-code");
    await panel.getByRole("button", { name: "Stop", exact: true }).click();
    await secretBox.waitFor({ state: "hidden" });
    await untilEnded(panel);
    await lastAnswer(panel).locator(".notice").waitFor();
    await workbench.screenshot("identity-code-stopped");
    await ask(panel, "And now?");
    await secretBox.fill(mfa.code);
    await page.keyboard.press("Enter");
    await lastAnswer(panel).getByText("signed and answered").waitFor();
    await untilEnded(panel);
    const [signer] = scene.signers();
    assert.equal(scene.signers().length, 1);
    assert.match(signer ?? "", /^ASIA\w+ us-east-1$/);
  });
});
