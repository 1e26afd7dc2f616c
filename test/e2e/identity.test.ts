import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import { type RunningIdentityServer, startIdentityServer } from "../../src/emulator/identity/identity-server.ts";
import { openWorkbench, type Workbench } from "../support/vscode/workbench.ts";
import { ask, lastAnswer, untilEnded } from "./panel-page.ts";

const apiKey = "ABSKcanary0of0the0api0key0123456789abcdef";
const secretKey = "canary/secret/of/jane/0123456789abcdefgh";
const jane = {
  accessKeyId: "AKIACANARYJANE000001",
  secretAccessKey: secretKey,
  arn: "arn:aws:iam::111122223333:user/jane",
};
const startUrl = "https://example.awsapps.com/start";
const config = `[profile work]
sso_session = corp
sso_account_id = 777788889999
sso_role_name = Dev
region = eu-central-1
[sso-session corp]
sso_start_url = ${startUrl}
sso_region = eu-west-1
sso_registration_scopes = sso:account:access
[profile private]
region = us-west-2
`;
const credentials = `[private]\naws_access_key_id = ${jane.accessKeyId}\naws_secret_access_key = ${secretKey}\n`;

interface Scene {
  readonly emulator: RunningEmulator;
  readonly services: RunningIdentityServer;
  readonly workbench: Workbench;
}

/** A person's machine, its `~/.aws` as given, in front of a local AWS. */
async function openScene(
  test: TestContext,
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>> = {},
  checkKeys = true,
): Promise<Scene> {
  const home = mkdtempSync(join(tmpdir(), "outcrop-home-"));
  test.after(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(home, ".aws"), { recursive: true });
    writeFileSync(join(home, ".aws", name), text);
  }
  const services = await startIdentityServer({
    users: [jane],
    assignments: [{ accountId: "777788889999", roleName: "Dev" }],
  });
  test.after(() => services.close());
  const emulator = await startEmulator({
    script: { replies: [{ text: "It is signed and answered." }], repeatLast: true },
    ...(checkKeys && { credentials: services.world.find }),
  });
  test.after(() => emulator.close());
  const workbench = await openWorkbench({
    settings,
    environment: {
      HOME: home,
      USERPROFILE: home,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: emulator.url,
      AWS_ENDPOINT_URL_SSO: services.url,
      AWS_ENDPOINT_URL_SSO_OIDC: services.url,
      AWS_ENDPOINT_URL_STS: services.url,
    },
  });
  test.after(() => workbench.close());
  return { emulator, services, workbench };
}

/** Presses a button of VS Code's dialog, later than its arming time. */
async function press({ page }: Workbench, button: string): Promise<void> {
  const found = page.locator(".monaco-dialog-box").getByRole("button", { name: button, exact: true });
  await found.waitFor();
  await page.waitForTimeout(700);
  await found.click();
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe("identity in a real workbench", () => {
  it("first run without AWS: an API key is asked for, kept out of every file, and answers", async (test) => {
    const { workbench, emulator } = await openScene(test, {}, {}, false);
    const { page } = workbench;
    const panel = await workbench.panel();
    await panel.getByText("Demo model: scripted, no AI").waitFor();
    await workbench.screenshot("identity-first-run");
    await panel.getByRole("button", { name: "Use Amazon Bedrock" }).click();
    const rows = page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: "Automatic" }).waitFor();
    assert.match(await rows.filter({ hasText: "Automatic" }).innerText(), /nothing found/);
    await workbench.screenshot("identity-nothing-found");
    await rows.filter({ hasText: "Set API Key…" }).click();
    const input = page.locator(".quick-input-widget input");
    await page.locator(".quick-input-widget input[type=password]").waitFor();
    await input.last().fill("AKIANOTAKEYATALL0001");
    await page.getByText("Use Outcrop: Set Access Keys").first().waitFor();
    await workbench.screenshot("identity-api-key");
    await input.last().fill(apiKey);
    await page.keyboard.press("Enter");
    await page.locator(".quick-input-widget").getByText("AWS region of Amazon Bedrock").waitFor();
    await page.keyboard.type("eu-central-1");
    await page.keyboard.press("Enter");
    await panel.getByText("Amazon Bedrock · eu-central-1").waitFor();
    await ask(panel, "Who am I?");
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /signed and answered/);
    assert.equal(emulator.requests[0]?.headers["authorization"], `Bearer ${apiKey}`);
    await page.locator(".statusbar-item").filter({ hasText: "Stored API key" }).waitFor();
    await workbench.screenshot("identity-api-key-used");
    const kept = filesBelow(join(workbench.globalStorage, "..", "..", ".."));
    assert.ok(kept.length > 0);
    for (const file of kept) assert.ok(!readFileSync(file, "latin1").includes(apiKey), file);
  });

  it("two profiles: the picker shows both, and the status bar who the chosen one is", async (test) => {
    const { workbench, emulator } = await openScene(test, { config, credentials });
    const { page } = workbench;
    const panel = await workbench.panel();
    await panel.getByRole("button", { name: "Select AWS Identity" }).click();
    const rows = page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: "private" }).waitFor();
    assert.match(
      await rows.filter({ hasText: "work" }).innerText(),
      /IAM Identity Center · 777788889999 · Dev[\s\S]*Signed out/,
    );
    await workbench.screenshot("identity-two-profiles");
    await rows.filter({ hasText: "private" }).click();
    const item = page.locator(".statusbar-item").filter({ hasText: "private · 111122223333 · us-west-2" });
    await item.waitFor();
    await ask(panel, "Who am I?");
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /signed and answered/);
    assert.match(emulator.requests[0]?.headers["authorization"] ?? "", /AKIACANARYJANE000001\/\d+\/us-west-2\//);
    assert.match(
      (await item.getByRole("button").getAttribute("aria-label")) ?? "",
      /arn:aws:iam::111122223333:user\/jane/,
    );
    await workbench.screenshot("identity-status");
  });

  it("an expired session: Sign In in place, and the same turn answers", async (test) => {
    const settings = { "outcrop.profile": "work" };
    const { workbench, emulator, services } = await openScene(test, { config, credentials }, settings);
    const { page } = workbench;
    const panel = await workbench.panel();
    await ask(panel, "Who am I?");
    const failure = lastAnswer(panel).locator(".notice");
    await failure.getByText("The IAM Identity Center session of the profile work has ended: sign in again").waitFor();
    await workbench.screenshot("identity-expired");
    await failure.getByRole("button", { name: "Sign In" }).click();
    await page.locator(".monaco-dialog-box").getByText("Sign in to AWS with the code").waitFor();
    await workbench.screenshot("identity-device-code");
    await press(workbench, "Copy Link");
    await page
      .getByText(/confirm the code/)
      .first()
      .waitFor();
    // The notification fades in.
    await page.waitForTimeout(500);
    await workbench.screenshot("identity-waiting");
    const [code = ""] = services.grants.waiting;
    services.grants.answer(code, "approved");
    await lastAnswer(panel).getByText("signed and answered").waitFor();
    await untilEnded(panel);
    assert.equal(await panel.locator(".prompt").count(), 1);
    assert.equal(emulator.requests.filter(({ path }) => path.endsWith("/converse-stream")).length, 1);
    await page.locator(".statusbar-item").filter({ hasText: "work · 777788889999 · eu-central-1" }).waitFor();
    await workbench.screenshot("identity-signed-in");
  });
});
