import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ModelRequest } from "../../src/agent/model.ts";
import type { RequestSettings } from "../../src/agent/request-settings.ts";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import { textReply } from "../../src/emulator/replies.ts";
import {
  member,
  nameOf,
  openWire,
  type Transport,
  textOf,
  transports,
  useOwnEnvironment,
} from "../support/wire-call.ts";

useOwnEnvironment();

const ids = {
  sonnet37: "us.anthropic.claude-3-7-sonnet-20250219-v1:0",
  sonnet45: "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
  sonnet46: "global.anthropic.claude-sonnet-4-6-v1",
  opus47: "global.anthropic.claude-opus-4-7-v1",
  opus48: "global.anthropic.claude-opus-4-8-v1",
  opus5: "global.anthropic.claude-opus-5",
  haiku35: "us.anthropic.claude-3-5-haiku-20241022-v1:0",
  nova2: "us.amazon.nova-2-lite-v1:0",
  gptOss: "openai.gpt-oss-120b-1:0",
  llama: "us.meta.llama3-3-70b-instruct-v1:0",
};
const plain: RequestSettings = { thinking: "off", thinkingBudget: 2_048, promptCaching: "5m" };
const tool = { name: "look", inputSchema: { json: { type: "object" } } };
const asking: ModelRequest = { messages: [{ role: "user", content: [{ text: "Hi" }] }] };

interface Asked {
  readonly modelId: string;
  readonly request?: Partial<RequestSettings>;
  readonly maxTokens?: number;
  readonly parts?: Partial<ModelRequest>;
}

/** The body that the server received and took. */
async function received(
  test: TestContext,
  transport: Transport,
  { modelId, request, maxTokens = 4_096, parts }: Asked,
) {
  const wire = await openWire(test, transport, () => textReply("Fine."));
  const own: Partial<BedrockSettings> = { modelId, maxTokens, request: { ...plain, ...request } };
  const { events, error } = await wire.call(own, { request: { ...asking, ...parts } });
  assert.deepEqual([error?.error, textOf(events)], [undefined, "Fine."]);
  return (...path: readonly (string | number)[]) => member(wire.emulator.requests[0]?.body, ...path);
}

for (const transport of transports) {
  describe(`parameters over ${nameOf(transport)}`, () => {
    it("B7.113 maxTokens is always there, at most what the model can", async (test) => {
      for (const modelId of [ids.haiku35, ids.opus5, ids.llama, ids.gptOss]) {
        const body = await received(test, transport, { modelId, maxTokens: 4_000 });
        assert.deepEqual(body("inferenceConfig"), { maxTokens: 4_000 });
      }
      const body = await received(test, transport, { modelId: ids.haiku35, maxTokens: 100_000 });
      assert.deepEqual(body("inferenceConfig"), { maxTokens: 8_192 });
    });

    it("B7.114 temperature and topP are left out where the model thinks or takes none, and never sent as a pair to models of one", async (test) => {
      const request = { temperature: 0.3, topP: 0.9 };
      const of = async (modelId: string, more: Partial<RequestSettings> = {}) => {
        const body = await received(test, transport, { modelId, request: { ...request, ...more } });
        const { maxTokens: _, ...sampling } = Object(body("inferenceConfig"));
        return sampling;
      };
      assert.deepEqual(await of(ids.haiku35), request);
      assert.deepEqual(await of(ids.sonnet45), { temperature: 0.3 });
      assert.deepEqual(await of(ids.sonnet45, { thinking: "budget" }), {});
      assert.deepEqual(await of(ids.sonnet46, { thinking: "auto" }), {});
      for (const modelId of [ids.opus47, ids.opus48, ids.opus5]) assert.deepEqual(await of(modelId), {});
      assert.deepEqual(await of(ids.haiku35, { temperature: 1.7, topP: -1 }), { temperature: 1, topP: 0 });
    });

    it("B7.115 a budget leaves room for the answer, and adaptive thinking takes an effort", async (test) => {
      const fields = async (asked: Asked) => (await received(test, transport, asked))("additionalModelRequestFields");
      const budget = { thinking: "budget", effort: "max" } as const;
      assert.deepEqual(await fields({ modelId: ids.sonnet37, request: budget }), {
        thinking: { type: "enabled", budget_tokens: 2_048 },
      });
      assert.deepEqual(await fields({ modelId: ids.sonnet45, request: { ...budget, thinkingBudget: 60_000 } }), {
        thinking: { type: "enabled", budget_tokens: 3_072 },
        anthropic_beta: ["interleaved-thinking-2025-05-14"],
      });
      assert.equal(await fields({ modelId: ids.sonnet45, request: budget, maxTokens: 2_047 }), undefined);
      assert.deepEqual(await fields({ modelId: ids.sonnet46, request: { thinking: "auto", effort: "xhigh" } }), {
        thinking: { type: "adaptive" },
        output_config: { effort: "high" },
      });
      assert.deepEqual(await fields({ modelId: ids.opus47, request: budget }), {
        thinking: { type: "adaptive" },
        output_config: { effort: "max" },
      });
      assert.equal(await fields({ modelId: ids.sonnet45, request: { thinking: "auto" } }), undefined);
    });

    it("B7.115 the 5 family thinks unless it is told not to, and then with no more than a high effort", async (test) => {
      const fields = async (request: Partial<RequestSettings>) =>
        (await received(test, transport, { modelId: ids.opus5, request }))("additionalModelRequestFields");
      assert.deepEqual(await fields({ thinking: "off", effort: "max" }), {
        thinking: { type: "disabled" },
        output_config: { effort: "high" },
      });
      assert.deepEqual(await fields({ thinking: "auto" }), { thinking: { type: "adaptive" } });
    });

    it("B7.115 Nova 2 and gpt-oss have fields of their own, and models that do not think get none", async (test) => {
      const own = { thinking: "auto", effort: "max" } as const;
      const nova = await received(test, transport, { modelId: ids.nova2, request: own });
      assert.deepEqual(nova("additionalModelRequestFields"), {
        reasoningConfig: { type: "enabled", maxReasoningEffort: "high" },
      });
      // With high Nova refuses limits.
      assert.equal(nova("inferenceConfig"), undefined);
      const gpt = await received(test, transport, { modelId: ids.gptOss, request: own });
      assert.deepEqual(gpt("additionalModelRequestFields"), { reasoning_effort: "high" });
      for (const modelId of [ids.llama, ids.haiku35]) {
        const body = await received(test, transport, { modelId, request: { ...own, thinking: "budget" } });
        assert.equal(body("additionalModelRequestFields"), undefined);
      }
    });

    it("B7.116 a forced tool choice is never sent beside thinking, which is left out for it", async (test) => {
      const parts = { toolConfig: { tools: [{ toolSpec: tool }], toolChoice: { tool: { name: "look" } } } };
      const forced = { tool: { name: "look" } };
      for (const modelId of [ids.sonnet37, ids.sonnet45, ids.sonnet46, ids.opus47, ids.opus48, ids.opus5]) {
        for (const thinking of ["off", "auto", "budget"] as const) {
          const body = await received(test, transport, { modelId, request: { thinking }, parts });
          assert.deepEqual(body("toolConfig", "toolChoice"), forced);
          const kind = body("additionalModelRequestFields", "thinking", "type") ?? "disabled";
          assert.equal(kind, "disabled");
        }
      }
      const body = await received(test, transport, { modelId: ids.llama, parts });
      assert.equal(body("toolConfig", "toolChoice"), undefined);
    });

    it("B7.117 strict tools go only to models that take them", async (test) => {
      const parts = { toolConfig: { tools: [{ toolSpec: { ...tool, strict: true } }] } };
      const strict = async (modelId: string) =>
        (await received(test, transport, { modelId, parts }))("toolConfig", "tools", 0, "toolSpec", "strict");
      assert.equal(await strict(ids.sonnet45), true);
      for (const modelId of [ids.opus47, ids.opus48, ids.opus5, ids.haiku35, ids.llama]) {
        assert.equal(await strict(modelId), undefined);
      }
    });

    it("B7.124 tier, latency, guardrail and metadata go out under their own names, also to Converse", async (test) => {
      const request: Partial<RequestSettings> = {
        serviceTier: "flex",
        latency: "optimized",
        guardrail: { identifier: "gr1a2b3c4d5e", version: "1", mode: "async", trace: "enabled_full" },
        metadata: { repository: "github.com/a/b", branch: "main" },
      };
      const parts = { toolConfig: { tools: [{ toolSpec: tool }] } };
      const guardrailConfig = { guardrailIdentifier: "gr1a2b3c4d5e", guardrailVersion: "1", trace: "enabled_full" };
      for (const [modelId, mode] of [
        ["us.amazon.nova-pro-v1:0", { streamProcessingMode: "async" }],
        ["us.meta.llama3-1-70b-instruct-v1:0", {}],
      ] as const) {
        const body = await received(test, transport, { modelId, request, parts });
        assert.deepEqual(body("serviceTier"), { type: "flex" });
        assert.deepEqual(body("performanceConfig"), { latency: "optimized" });
        assert.deepEqual(body("guardrailConfig"), { ...guardrailConfig, ...mode });
        assert.deepEqual(body("requestMetadata"), { repository: "github.com/a/b", branch: "main" });
      }
    });

    it("B7.124 a latency-optimized Claude gets no cache points, which it refuses", async (test) => {
      const parts = { system: [{ text: "Look. ".repeat(4_000) }] };
      const request = { latency: "optimized" as const };
      const body = await received(test, transport, { modelId: ids.haiku35, request, parts });
      assert.deepEqual(body("system"), parts.system);
    });
  });
}
