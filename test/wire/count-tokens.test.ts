import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ModelRequest } from "../../src/agent/model.ts";
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
  });
}
