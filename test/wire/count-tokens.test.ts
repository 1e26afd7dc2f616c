import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import type { ModelRequest } from "../../src/agent/model.ts";
import { TokenCounter } from "../../src/bedrock/count-tokens.ts";
import { serveAlways } from "../support/serve-always.ts";
import { member, nameOf, openWire, transports, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();
process.env["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
process.env["AWS_SECRET_ACCESS_KEY"] = "test";

const request: ModelRequest = {
  system: [{ text: "Be brief." }],
  messages: [{ role: "user", content: [{ text: "Hi" }] }],
  toolConfig: { tools: [{ toolSpec: { name: "t", inputSchema: { json: { type: "object" } } } }] },
};

for (const transport of transports) {
  describe(`CountTokens over ${nameOf(transport)}`, () => {
    it("B7.125 asks by the model's own id, without the geography before it, for system, tools and messages", async (test) => {
      const wire = await openWire(test, transport, [{ text: "unused" }]);
      const ids = [
        "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "us.anthropic.claude-opus-4-6-v1",
        "anthropic.claude-haiku-4-5-20251001-v1:0",
        "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-20250514-v1:0",
      ];
      for (const modelId of ids) {
        const tokens = await wire.pool.countTokens({ ...wire.settings, modelId }, request);
        assert.ok(tokens !== undefined && tokens > 20, `${modelId}: ${tokens}`);
      }
      assert.deepEqual(
        wire.emulator.requests.map(({ path }) => decodeURIComponent(path)),
        [
          "/model/anthropic.claude-sonnet-4-5-20250929-v1:0/count-tokens",
          "/model/anthropic.claude-opus-4-6-v1/count-tokens",
          "/model/anthropic.claude-haiku-4-5-20251001-v1:0/count-tokens",
          "/model/anthropic.claude-sonnet-4-20250514-v1:0/count-tokens",
        ],
      );
      assert.deepEqual(member(wire.emulator.requests[0]?.body, "input", "converse"), request);
    });

    it("B7.125 asks for no model but Claude", async (test) => {
      const wire = await openWire(test, transport, [{ text: "unused" }]);
      for (const modelId of ["us.amazon.nova-pro-v1:0", "meta.llama3-1-8b-instruct-v1:0", "my-claude", ""]) {
        assert.equal(await wire.pool.countTokens({ ...wire.settings, modelId }, request), undefined);
      }
      assert.deepEqual(wire.emulator.requests, []);
    });

    it("B7.125 takes a refusal for no count, and asks that model no more", async (test) => {
      const wire = await openWire(test, transport, [{ text: "unused" }], {
        credentials: { accessKeyId: "OTHER", secretAccessKey: "other" },
      });
      const { modelId } = wire.settings;
      const other = { ...wire.settings, modelId: "anthropic.claude-opus-4-6-v1" };
      for (const settings of [wire.settings, { ...wire.settings, modelId: `eu.${modelId.slice(7)}` }, other, other]) {
        assert.equal(await wire.pool.countTokens(settings, request), undefined);
      }
      assert.deepEqual(
        wire.emulator.requests.map(({ status }) => status),
        [403, 403],
      );
    });

    it("B7.125 takes a server that is not there for no count", async (test) => {
      const wire = await openWire(test, transport, [{ text: "unused" }]);
      const nowhere = { ...wire.settings, endpoint: "http://127.0.0.1:9" };
      assert.equal(await wire.pool.countTokens(nowhere, request), undefined);
    });

    it("asks once for what it has counted, for each model, as long as that is not long ago", async (test) => {
      const wire = await openWire(test, transport, [{ text: "unused" }]);
      const ask = (text: string, modelId = wire.settings.modelId) =>
        wire.pool.countTokens({ ...wire.settings, modelId }, { messages: [{ role: "user", content: [{ text }] }] });
      const first = await ask("Hi");
      assert.equal(await ask("Hi"), first);
      assert.equal(wire.emulator.requests.length, 1);
      await ask("Hi", "anthropic.claude-opus-4-6-v1");
      for (let other = 0; other < 62; other++) await ask(`Hi ${other}`);
      assert.equal(await ask("Hi"), first);
      assert.equal(wire.emulator.requests.length, 64);
      for (let other = 62; other < 126; other++) await ask(`Hi ${other}`);
      assert.equal(await ask("Hi"), first);
      assert.equal(wire.emulator.requests.length, 129);
    });
  });
}

const notCounted = "The provided model doesn't support counting tokens.";
const refusals: readonly (readonly [name: string, status: number, message: string, asks: number])[] = [
  ["a model that is not counted", 400, notCounted, 1],
  ["a model that is not there", 400, "The provided model identifier is invalid.", 1],
  ["a partition without the operation", 404, "The requested operation is not recognized by the service.", 1],
  ["a request that is refused", 400, "user messages must have non-empty content", 2],
  ["too many requests", 429, "Too many requests, please wait before trying again.", 2],
  ["a service in trouble", 503, "Service unavailable.", 2],
];

describe("CountTokens where it is refused", () => {
  for (const [name, status, message, asks] of refusals) {
    it(`is ${asks === 1 ? "not asked for again" : "asked for the next time"} after ${name}`, async (test) => {
      const refusing = await serveAlways(test, status, JSON.stringify({ message }));
      const wire = await openWire(test, "plain", [{ text: "unused" }]);
      const settings = { ...wire.settings, endpoint: refusing.url };
      for (let time = 0; time < 2; time++) assert.equal(await wire.pool.countTokens(settings, request), undefined);
      assert.equal(refusing.asked(), asks);
    });
  }

  it("is asked for again where the settings are others", async (test) => {
    const refusing = await serveAlways(test, 400, JSON.stringify({ message: notCounted }));
    const wire = await openWire(test, "plain", [{ text: "unused" }]);
    const settings = { ...wire.settings, endpoint: refusing.url };
    await wire.pool.countTokens(settings, request);
    await wire.pool.countTokens({ ...settings, region: "eu-west-1" }, request);
    assert.equal(refusing.asked(), 2);
  });

  it("is no number that makes no sense", async (test) => {
    for (const tokens of [-1, 0, 0.5, "many"]) {
      const odd = await serveAlways(test, 200, JSON.stringify({ inputTokens: tokens }));
      const wire = await openWire(test, "plain", [{ text: "unused" }]);
      assert.equal(await wire.pool.countTokens({ ...wire.settings, endpoint: odd.url }, request), undefined);
    }
  });

  it("is undefined where nobody may answer, as the call itself then tells", async (test) => {
    const wire = await openWire(test, "plain", [{ text: "unused" }]);
    const locked = { ...wire.settings, allowedRegions: ["eu-west-1"] };
    assert.throws(() => wire.pool.model(locked));
    assert.equal(await wire.pool.countTokens(locked, request), undefined);
    assert.deepEqual(wire.emulator.requests, []);
  });

  it("is not waited for where the signal ends the wait, whatever the client is at", async () => {
    const asksForCode = (): Promise<never> => new Promise(() => undefined);
    const client = new BedrockRuntimeClient({ region: "us-east-1", credentials: asksForCode });
    let held = 1;
    const hold = () => ({ client, release: () => void held-- });
    const stop = new AbortController();
    const count = new TokenCounter().count(hold, "anthropic.claude-opus-4-6-v1", request, stop.signal);
    stop.abort();
    assert.deepEqual([await count, held], [undefined, 0]);
  });

  it("is asked of AWS alone", async (test) => {
    const wire = await openWire(test, "plain", [{ text: "unused" }]);
    assert.equal(wire.pool.counter(wire.settings), undefined);
    for (const endpoint of [undefined, "https://vpce-0a1b.bedrock-runtime.us-east-1.vpce.amazonaws.com"])
      assert.notEqual(wire.pool.counter({ ...wire.settings, endpoint }), undefined);
  });
});
