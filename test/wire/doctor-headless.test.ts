import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { healthy, keys, startSts } from "../support/doctor-run.ts";
import { npmScript, type ScriptRun } from "../support/npm-script.ts";
import { makePrivateAuthority } from "../support/private-authority.ts";
import type { SelfSigned } from "../support/self-signed.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function runDoctor(
  test: TestContext,
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ScriptRun> {
  return npmScript("doctor", await temporaryFolder(test), options, environment);
}

async function open(test: TestContext, tls?: SelfSigned) {
  const emulator = await startEmulator({ script: healthy, credentials: keys, ...(tls !== undefined && { tls }) });
  test.after(() => emulator.close());
  return {
    AWS_ENDPOINT_URL: emulator.url,
    AWS_ENDPOINT_URL_STS: await startSts(test),
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
}

describe("npm run doctor", () => {
  it("prints a line for each check, and ends with 0 where none failed", async (test) => {
    const { code, stdout, stderr } = await runDoctor(test, ["--region", "us-east-1"], await open(test));
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^Outcrop connection check\nModel: global\.anthropic/);
    assert.match(stdout, /\n✓ Identity: Keys in AWS_ACCESS_KEY_ID \(environment variables\), account 111122223333\.\n/);
    assert.match(stdout, /\n✓ Region: us-east-1, from --region\.\n/);
    assert.match(stdout, /\n– Guardrail: skipped\. None is configured\.\n/);
    assert.match(stdout, /\n10 passed, 0 failed, 2 skipped\.\n$/);
    assert.equal(stdout.includes(keys.secretAccessKey) || stdout.includes(keys.accessKeyId), false);
  });

  it("prints one JSON object a line and a summary with --json, and ends with 1 where one failed", async (test) => {
    const variables = { ...(await open(test)), AWS_ACCESS_KEY_ID: "AKIDOTHER" };
    const { code, stdout } = await runDoctor(test, ["--region", "us-east-1", "--json"], variables);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.equal(code, 1);
    assert.deepEqual(lines.at(-1), { type: "summary", passed: 4, failed: 1, skipped: 7 });
    assert.deepEqual(
      lines.slice(0, 2).map(({ type, id, state }) => [type, id, state]),
      [
        ["check", "identity", "fail"],
        ["check", "region", "pass"],
      ],
    );
    assert.equal(lines.length, 13);
  });

  it("says line by line what is missing where nothing is configured", async (test) => {
    const { code, stdout } = await runDoctor(test, []);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /✗ Identity: No AWS credentials could be loaded\.\n {4}Fix: Sign in to AWS, or set a profile or keys\./,
    );
    assert.match(
      stdout,
      /✗ Region: No AWS region is set\.\n {4}Fix: Set --region, AWS_REGION or the profile's region\./,
    );
    assert.match(stdout, /\n0 passed, 2 failed, 10 skipped\.\n$/);
  });

  it("trusts the authorities of --ca-bundle, and names that option where nobody vouches for the server", async (test) => {
    const authority = makePrivateAuthority();
    const variables = await open(test, authority.server);
    const strange = await runDoctor(test, ["--region", "us-east-1"], variables);
    assert.equal(strange.code, 1);
    assert.match(strange.stdout, /✗ TLS certificate: .*\n {4}Fix: .* PEM file in --ca-bundle or AWS_CA_BUNDLE\.\n/);
    const file = join(await temporaryFolder(test), "ca.pem");
    await writeFile(file, authority.ca);
    const { code, stdout } = await runDoctor(test, ["--region", "us-east-1", "--ca-bundle", file], variables);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /\n✓ TLS certificate: The certificate of 127\.0\.0\.1 is trusted\.\n/);
  });

  it("prints the policy with --iam, with the account and the regions behind the profile", async (test) => {
    const { code, stdout } = await runDoctor(test, ["--region", "us-east-1", "--iam"], await open(test));
    assert.equal(code, 0);
    const [profiles, models] = JSON.parse(stdout).Statement;
    const profile = "inference-profile/global.anthropic.claude-sonnet-4-5-20250929-v1:0";
    assert.deepEqual(profiles.Resource, [`arn:aws:bedrock:us-east-1:111122223333:${profile}`]);
    assert.deepEqual(models.Resource, [
      "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0",
    ]);
  });

  it("ends with 2 and its usage where the command line is wrong, and with 0 for --help", async (test) => {
    const wrong = await runDoctor(test, ["--guardrail", "g"]);
    assert.deepEqual([wrong.code, wrong.stdout], [2, ""]);
    assert.match(wrong.stderr, /^--guardrail takes ID:VERSION\.\n\nUsage: npm run -s doctor/);
    assert.equal((await runDoctor(test, ["--help"])).code, 0);
  });
});
