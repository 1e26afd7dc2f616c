import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { Identity } from "../../src/bedrock/identity/identity.ts";
import { type EmulatorOptions, startEmulator } from "../../src/emulator/emulator-server.ts";
import type { Script } from "../../src/emulator/script-schema.ts";
import { allBut, examine, healthy, inPlaceOfAws, keys } from "../support/doctor-run.ts";
import { serveAlways } from "../support/serve-always.ts";
import { useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

const guardrail = { identifier: "gr1a2b3c4d5e", version: "2" };
/** Over plain HTTP there is no certificate. */
const good = allBut("pass", { certificate: "skipped" });

async function open(test: TestContext, script: Script = healthy, options: Partial<EmulatorOptions> = {}) {
  const emulator = await startEmulator({ credentials: keys, ...options, script });
  test.after(() => emulator.close());
  await inPlaceOfAws(test, emulator.url);
  return emulator;
}

function withoutAccessState(refusal: { readonly status: number; readonly type: string; readonly message: string }) {
  const fault = { kind: "http-error", ...refusal } as const;
  return { ...healthy, controlPlane: { fault, operations: ["GetFoundationModelAvailability"] } };
}

describe("the doctor", () => {
  it("passes every check where all is well, and says who, where and how fast", async (test) => {
    const emulator = await open(test);
    const { states, line } = await examine({}, { guardrail, costOf: () => 0.00042 });
    assert.deepEqual(states, good);
    assert.match(
      said(line("identity")),
      /^Keys in AWS_ACCESS_KEY_ID \(environment variables\), account 111122223333\.$/,
    );
    assert.deepEqual(line("identity").details, ["arn:aws:iam::111122223333:user/ada"]);
    assert.match(said(line("region")), /^us-east-1, from outcrop\.region\.$/);
    assert.match(said(line("listing")), /^12 foundation models and 10 inference profiles\.$/);
    assert.match(
      said(line("call")),
      /^First token after \d+ ms, whole answer after \d+ ms\. \d+ input and 1 output tokens \(about \$0\.0004\)\.$/,
    );
    assert.match(said(line("tools")), /^A tool call was streamed after \d+ ms\./);
    assert.match(said(line("cache")), /^1600 tokens were read from the cache\.$/);
    assert.match(said(line("guardrail")), /^gr1a2b3c4d5e, version 2, answers\.$/);
    const [, , tools, first, second] = emulator.requests.filter(({ path }) => path.endsWith("converse-stream"));
    assert.deepEqual(Reflect.get(Object(tools?.body), "toolConfig").toolChoice, { tool: { name: "report" } });
    assert.deepEqual(Reflect.get(Object(first?.body), "system").at(-1), { cachePoint: { type: "default" } });
    assert.deepEqual(second?.body, first?.body);
  });

  it("asks for the access of the model behind the bare id of an application profile", async (test) => {
    const emulator = await open(test);
    const { line } = await examine({ modelId: "k3x9q2m7v1ab" });
    assert.match(said(line("model-access")), /has access to anthropic\.claude-sonnet-4-5/);
    assert.ok(emulator.requests.some(({ path }) => path.endsWith("/inference-profiles/k3x9q2m7v1ab")));
  });

  it("names keys that are stored in VS Code as such, and shows none of them", async (test) => {
    await open(test);
    const stored = { accessKeys: keys, apiKey: "a-stored-api-key-canary" };
    const identity = new Identity({
      stored: () => stored,
      askMfaCode: async () => undefined,
      onSecret: () => undefined,
    });
    const byKeys = await examine({ authentication: "keys", identity });
    assert.match(said(byKeys.line("identity")), /^Stored access keys \(access keys\), account 111122223333\.$/);
    const byApiKey = await examine({ authentication: "apiKey", identity });
    assert.match(said(byApiKey.line("identity")), /^Stored API key \(Bedrock API key\)\.$/);
    const all = JSON.stringify([byKeys.lines, byApiKey.lines]);
    for (const secret of [keys.secretAccessKey, stored.apiKey]) assert.equal(all.includes(secret), false);
  });

  it("wrong keys: the identity fails, and what needs it is skipped for that reason", async (test) => {
    await open(test);
    await inPlaceOfAws(test, process.env["AWS_ENDPOINT_URL"] ?? "", { AWS_ACCESS_KEY_ID: "AKIDOTHER" });
    const { states, line } = await examine();
    assert.deepEqual(states, {
      ...allBut("skipped", { identity: "fail", region: "pass", proxy: "pass", endpoint: "pass", clock: "pass" }),
    });
    assert.match(said(line("identity")), /^The AWS credentials have expired or are not known to AWS: sign in again\.$/);
    assert.match(said(line("call")), /^It needs what failed above: Identity\.$/);
  });

  it("no keys at all: says so, and nothing is sent but what needs none", async (test) => {
    const emulator = await open(test);
    await inPlaceOfAws(test, emulator.url, { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" });
    const { line } = await examine();
    const identity = line("identity");
    assert.equal(identity.state, "fail");
    assert.match(said(identity), /^No AWS credentials could be loaded\.$/);
    assert.deepEqual(identity.state === "fail" && identity.actions, ["sign-in", "open-settings"]);
    assert.equal(line("endpoint").state, "skipped");
    assert.deepEqual(
      emulator.requests.map(({ method, path }) => [method, path]),
      [["GET", "/"]],
    );
  });

  for (const [minutes, words] of [
    [17, "17 minutes behind"],
    [-17, "17 minutes ahead of"],
  ] as const) {
    it(`a clock ${words} that of the service is named, and the SDK's correction lets the calls through`, async (test) => {
      await open(test, healthy, { clockOffsetMs: minutes * 60_000 });
      const { states, line } = await examine({}, { guardrail });
      assert.deepEqual(states, { ...good, clock: "fail", guardrail: states["guardrail"] });
      assert.match(
        said(line("clock")),
        new RegExp(`^This computer's clock is ${words} that of the endpoint; AWS refuses`),
      );
    });
  }

  it("a closed port: the endpoint fails with the reason", async (test) => {
    const emulator = await startEmulator({ script: healthy });
    await emulator.close();
    await inPlaceOfAws(test, emulator.url);
    const { states, line } = await examine();
    assert.deepEqual(states, {
      ...allBut("skipped", { identity: "pass", region: "pass", proxy: "pass", endpoint: "fail" }),
    });
    assert.match(said(line("endpoint")), /^Bedrock could not be reached \(ECONNREFUSED\): check the connection/);
  });

  it("a web page in Bedrock's place is named by its title", async (test) => {
    const html = "<!doctype html><title>Hotel sign-in</title><p>Welcome</p>";
    const { url: page } = await serveAlways(test, 200, html, "text/html");
    const { states, line } = await examine({ endpoint: page, authentication: "none" });
    assert.deepEqual([states["endpoint"], states["call"]], ["fail", "skipped"]);
    assert.match((line("endpoint").details ?? []).join("\n"), /Hotel sign-in/);
  });

  it("no rights to list: says which, and everything else goes on", async (test) => {
    await open(test, { ...healthy, deny: ["bedrock:ListInferenceProfiles"] });
    const { states, line } = await examine({}, { guardrail });
    assert.deepEqual(states, { ...good, listing: "fail" });
    assert.match(said(line("listing")), /^Models cannot be listed with bedrock:ListInferenceProfiles\.$/);
    assert.match(
      (line("listing").details ?? []).join("\n"),
      /not authorized to perform: bedrock:ListInferenceProfiles/,
    );
  });

  it("no access to the model: AWS's own state says so", async (test) => {
    await open(test, { ...healthy, controlPlane: { availability: { agreement: "NOT_AVAILABLE" } } });
    const { states, line } = await examine({}, { guardrail });
    assert.deepEqual(states, { ...good, "model-access": "fail" });
    assert.match(
      said(line("model-access")),
      /^The account has no access to anthropic\.claude-sonnet-4-5-20250929-v1:0 yet\.$/,
    );
  });

  it("nobody may ask for the access state: the call's refusal tells", async (test) => {
    await open(test, {
      ...healthy,
      deny: ["bedrock:GetFoundationModelAvailability", "bedrock:InvokeModelWithResponseStream"],
    });
    const { states, line } = await examine();
    assert.deepEqual([states["endpoint"], states["model-access"], states["call"]], ["pass", "skipped", "fail"]);
    assert.match(said(line("call")), /^AWS denied access to the model\.$/);
    assert.match(
      (line("call").details ?? []).join("\n"),
      /not authorized to perform: bedrock:InvokeModelWithResponseStream/,
    );
  });

  for (const [status, type, message] of [
    [404, "UnknownOperationException", "The requested operation is not recognized by the service."],
    [404, "Unknown", "Not Found"],
    [400, "ValidationException", "The operation is not supported in this region."],
    [501, "NotImplementedException", "Not implemented."],
  ] as const) {
    it(`no such operation as the access state (${status} ${type}): skipped with the reason`, async (test) => {
      await open(test, withoutAccessState({ status, type, message }));
      const { line } = await examine();
      assert.equal(line("model-access").state, "skipped");
      assert.match(
        said(line("model-access")),
        new RegExp(`^This endpoint of Bedrock cannot be asked for it \\(${type}\\); the call`),
      );
    });
  }

  for (const [status, type, message] of [
    [404, "ResourceNotFoundException", "Could not resolve the foundation model."],
    [400, "ValidationException", "The provided model identifier is invalid."],
    [400, "ValidationException", "The model is not supported in this Region."],
  ] as const) {
    it(`the access state refused for the model (${message}): a failure`, async (test) => {
      await open(test, withoutAccessState({ status, type, message }));
      const { line } = await examine();
      assert.equal(line("model-access").state, "fail");
    });
  }

  it("throttled: says so and what helps", async (test) => {
    await open(test, { replies: [{ fault: { kind: "http-error", status: 429 } }], repeatLast: true });
    const { states, line } = await examine();
    assert.deepEqual([states["call"], states["tools"], states["cache"]], ["fail", "skipped", "skipped"]);
    assert.match(said(line("call")), /^Throttled by Bedrock\.$/);
  });

  it("another API's stream behind a right head is named", async (test) => {
    await open(test, { replies: [{ fault: { kind: "wrong-body", body: "sse" } }], repeatLast: true });
    const { line } = await examine();
    assert.match(said(line("call")), /^The endpoint answered with server-sent events, not with a Bedrock event stream/);
  });
});

describe("the doctor on a model", () => {
  it("that takes no tools fails that check, and one that does not cache skips that one", async (test) => {
    await open(test, { replies: [{ text: "OK" }], repeatLast: true });
    const { line } = await examine({ modelId: "amazon.titan-text-express-v1" });
    assert.match(said(line("tools")), /^This model takes no tools\.$/);
    assert.match(said(line("cache")), /^This model is not known to cache prompts\.$/);
  });

  it("that does not stream tool calls passes through Converse and says so", async (test) => {
    await open(test, healthy);
    const { line } = await examine({ modelId: "meta.llama3-3-70b-instruct-v1:0" });
    assert.equal(line("tools").state, "pass");
    assert.match((line("tools").details ?? []).join("\n"), /Converse \(bedrock:InvokeModel\)/);
  });

  it("that answers without the tool fails that check", async (test) => {
    await open(test, { replies: [{ text: "OK" }], repeatLast: true });
    const { line } = await examine();
    assert.match(said(line("tools")), /^The model was asked to call a tool and answered without one\.$/);
  });

  it("whose cache never answers fails that check, with what was counted", async (test) => {
    const [call = {}, tools = {}] = healthy.replies;
    const usage = { inputTokens: 6_000, outputTokens: 1, totalTokens: 6_001 };
    await open(test, { replies: [call, tools, { text: "OK", usage }], repeatLast: true });
    const { line } = await examine();
    assert.match(said(line("cache")), /^Nothing was written to the cache\.$/);
    assert.match((line("cache").details ?? []).join("\n"), /^First call: 0 tokens written/);
  });
});

/** What a line says, whatever became of it. */
function said(line: Awaited<ReturnType<typeof examine>>["lines"][number]): string {
  return line.state === "skipped" ? line.why : line.what;
}
