import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fullCapabilities } from "../../../src/agent/capabilities.ts";
import type { Model, ModelRequest } from "../../../src/agent/model.ts";
import { messageStop } from "../../support/scripted-model.ts";
import { testPolicy } from "../../support/test-policy.ts";

const priced = { modelId: "global.anthropic.claude-sonnet-4-5-20250929-v1:0", maxTokens: 100 };

describe("SessionPolicy", () => {
  for (const [name, price] of [
    ["one that costs", priced],
    ["one that costs nothing", undefined],
  ] as const) {
    it(`lets through what a model tells beside its answer: ${name}`, async () => {
      const inner: Model = {
        capabilities: fullCapabilities,
        async *converseStream(_request, _signal, onSilence, onNotice) {
          onSilence?.({ phase: "text", silentMs: 1, limitMs: 2 });
          onNotice?.("The gateway holds answers back.");
          yield messageStop("end_turn");
        },
      };
      const told: unknown[] = [];
      const model = testPolicy().policy.guardModel(inner, price);
      const request: ModelRequest = { messages: [{ role: "user", content: [{ text: "Hi" }] }] };
      const { signal } = new AbortController();
      const note = (what: unknown): void => void told.push(what);
      for await (const event of model.converseStream(request, signal, note, note)) told.push(event);
      const silence = { phase: "text", silentMs: 1, limitMs: 2 };
      assert.deepEqual(told, [silence, "The gateway holds answers back.", messageStop("end_turn")]);
    });
  }
});
