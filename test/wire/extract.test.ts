import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as z from "zod";
import { extract } from "../../src/agent/extract.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { nameOf, openWire, transports, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

const form = {
  name: "route_prompt",
  description: "Says which model a prompt is for.",
  schema: z.object({ tier: z.enum(["fast", "frontier"]) }),
};
const called: Reply = { toolUses: [{ name: form.name, input: { tier: "fast" } }] };
const spoken: Reply = { text: '{"tier":"fast"}' };

/** What each family takes: a named tool, any tool, only the request for one, or no tool at all. */
const models: readonly (readonly [modelId: string, toolChoice: unknown, reply: Reply])[] = [
  ["global.anthropic.claude-haiku-4-5-20251001-v1:0", { tool: { name: form.name } }, called],
  ["anthropic.claude-opus-5", { tool: { name: form.name } }, called],
  ["amazon.nova-lite-v1:0", { tool: { name: form.name } }, called],
  ["mistral.mistral-large-2407-v1:0", { any: {} }, called],
  ["us.meta.llama3-3-70b-instruct-v1:0", undefined, called],
  ["deepseek.v3-v1:0", { tool: { name: form.name } }, called],
  ["cohere.command-r-v1:0", undefined, called],
  ["amazon.titan-text-lite-v1", undefined, spoken],
  ["us.deepseek.r1-v1:0", undefined, spoken],
];

/** Those that could think before they judge. */
const thinkers = [
  "global.anthropic.claude-haiku-4-5-20251001-v1:0",
  "global.anthropic.claude-sonnet-4-6-v1",
  "global.anthropic.claude-opus-4-7-v1",
  "anthropic.claude-opus-5",
  "us.amazon.nova-2-lite-v1:0",
];

for (const transport of transports) {
  describe(`extract over ${nameOf(transport)}`, () => {
    for (const [modelId, toolChoice, reply] of models) {
      it(`gets a value from ${modelId}, in a request that Bedrock takes`, async (test) => {
        const { pool, settings, emulator } = await openWire(test, transport, [reply]);
        const model = pool.model({ ...settings, modelId });
        const { signal } = new AbortController();
        const { value } = await extract({ form, system: "Judge.", input: "Hi", model, signal, now: Date.now });
        assert.deepEqual(value, { tier: "fast" });
        const [request] = emulator.requests;
        assert.deepEqual([request?.status, Object(request?.body).toolConfig?.toolChoice], [200, toolChoice]);
      });
    }

    for (const modelId of thinkers) {
      it(`a verdict of ${modelId} is forced, without thinking, whatever the settings say of thinking`, async (test) => {
        for (const thinking of ["auto", "budget"] as const) {
          const { pool, settings, emulator } = await openWire(test, transport, [called]);
          const request = { thinking, thinkingBudget: 2_048, promptCaching: "5m" } as const;
          const model = pool.model({ ...settings, modelId, maxTokens: 8_192, request });
          const { signal } = new AbortController();
          await extract({ form, system: "Judge.", input: "Hi", model, signal, now: Date.now });
          const [sent] = emulator.requests;
          const { toolConfig, additionalModelRequestFields: fields } = Object(sent?.body);
          assert.deepEqual([sent?.status, toolConfig?.toolChoice], [200, { tool: { name: form.name } }]);
          assert.equal(/"(?:enabled|adaptive)"|reasoning_effort/u.test(JSON.stringify(fields ?? {})), false);
        }
      });
    }
  });
}
