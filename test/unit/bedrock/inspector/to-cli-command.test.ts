import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";
import type { BedrockSettings } from "../../../../src/bedrock/bedrock-settings.ts";
import { type Attempt, AttemptLog } from "../../../../src/bedrock/inspector/attempt-log.ts";
import { toCliCommand } from "../../../../src/bedrock/inspector/to-cli-command.ts";

const nasty = "It's \"quoted\" $HOME `ls` \\ !x\n; rm -rf / # é 漢字 ''";
const plain = (text: string): string => text;

function attemptOf(body: object, own: Partial<BedrockSettings> = {}): Attempt {
  const log = new AttemptLog();
  const limits = { maxTokens: 1, firstByteMs: 1, idleMs: 1 };
  const settings = { modelId: "m", region: "eu-west-1", profile: undefined, endpoint: undefined, ...limits, ...own };
  const attempt = log.begin("ConverseStream", "amazon.nova-pro-v1:0", settings);
  log.sent(attempt, {
    method: "POST",
    protocol: "https:",
    hostname: "gateway.test",
    port: 8443,
    path: "/base/model/amazon.nova-pro-v1%3A0/converse-stream",
    headers: {
      authorization: "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-north-1/bedrock/aws4_request, Signature=1",
    },
    body: JSON.stringify(body),
  });
  return attempt;
}

/** What bash would give the program. */
function argumentsOf(command: string): readonly string[] {
  const script = `aws() { printf '%s\\0' "$@"; }\n${command}`;
  return execFileSync("bash", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

describe("a request as an AWS CLI command", () => {
  it("is one for Converse, since the AWS CLI does not stream, in the region that was signed for", () => {
    const body = { messages: [{ role: "user", content: [{ text: "Hi" }] }], inferenceConfig: { maxTokens: 9 } };
    const [service, operation, ...rest] = argumentsOf(toCliCommand(attemptOf(body), plain) ?? "");
    assert.deepEqual([service, operation], ["bedrock-runtime", "converse"]);
    assert.deepEqual(rest.slice(0, -1), ["--region", "eu-north-1", "--cli-input-json"]);
    assert.deepEqual(JSON.parse(rest.at(-1) ?? ""), { modelId: "amazon.nova-pro-v1:0", ...body });
  });

  it("comes through bash character by character, whatever it holds", () => {
    const body = { system: [{ text: nasty }], messages: [] };
    const given = argumentsOf(toCliCommand(attemptOf(body, { profile: nasty }), plain) ?? "");
    assert.equal(given[given.indexOf("--profile") + 1], nasty);
    assert.equal(JSON.parse(given.at(-1) ?? "").system[0].text, nasty);
  });

  it("names the gateway, its base path, and that nothing is signed", () => {
    const own = { endpoint: "https://gateway.test:8443/base", authentication: "none" } as const;
    const given = argumentsOf(toCliCommand(attemptOf({ messages: [] }, own), plain) ?? "");
    assert.equal(given[given.indexOf("--endpoint-url") + 1], "https://gateway.test:8443/base");
    assert.ok(given.includes("--no-sign-request"));
  });

  it("leaves out the one member that Converse does not have", () => {
    const guardrailConfig = { guardrailIdentifier: "g", guardrailVersion: "1", streamProcessingMode: "async" };
    const given = argumentsOf(toCliCommand(attemptOf({ messages: [], guardrailConfig }), plain) ?? "");
    const { streamProcessingMode: _left, ...kept } = guardrailConfig;
    assert.deepEqual(JSON.parse(given.at(-1) ?? "").guardrailConfig, kept);
  });

  it("doubles quotes for PowerShell", () => {
    const command = toCliCommand(attemptOf({ system: [{ text: "It's" }] }), plain, "powershell") ?? "";
    assert.match(
      command,
      /^aws bedrock-runtime converse `\n {2}--region eu-north-1 `\n {2}--cli-input-json '.*It''s.*'$/,
    );
  });

  it("holds no key and no signature", () => {
    const command = toCliCommand(attemptOf({ messages: [] }), plain) ?? "";
    assert.doesNotMatch(command, /AKID|Signature|AWS4/);
  });

  it("is none where nothing was sent", () => {
    const attempt = new AttemptLog().begin("ConverseStream", "m", attemptOf({}).settings);
    assert.equal(toCliCommand(attempt, plain), undefined);
  });
});
