import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { features } from "../../../src/agent/capabilities.ts";
import { baseModelId, capabilitiesOf } from "../../../src/bedrock/capabilities.ts";
import { unknownModel } from "../../../src/bedrock/model-families.ts";
import { modelFamily } from "../../../src/emulator/conversation-rules.ts";
import { modelExamples } from "../../support/model-examples.ts";

describe("capabilitiesOf", () => {
  it("finds the model inside an inference profile's id and inside an ARN", () => {
    const id = "anthropic.claude-sonnet-4-5-20250929-v1:0";
    for (const named of [
      id,
      `us.${id}`,
      `us-gov.${id}`,
      `global.${id}`,
      `apac.${id}`,
      `emea.${id}`,
      `arn:aws:bedrock:us-east-1::foundation-model/${id}`,
      `arn:aws:bedrock:us-east-1:111122223333:inference-profile/eu.${id}`,
    ]) {
      assert.equal(baseModelId(named), id);
      assert.deepEqual(capabilitiesOf(named), capabilitiesOf(id));
    }
    assert.equal(baseModelId("deepseek.v3.2"), "deepseek.v3.2");
    assert.equal(baseModelId("openai.gpt-5.1"), "openai.gpt-5.1");
  });

  it("is hopeful about an unknown model where a refusal heals it, and careful where it does not", () => {
    assert.equal(capabilitiesOf("zai.glm-4.7").family, "other");
    const { systemPrompt, tools, streaming, streamingTools, cachePoints, toolChoice } = unknownModel;
    assert.deepEqual([systemPrompt, tools, streaming, streamingTools], ["field", true, true, true]);
    assert.deepEqual([cachePoints, toolChoice], [[], []]);
    assert.deepEqual([unknownModel.replaysReasoning, unknownModel.toolResultStatus], ["none", false]);
  });

  it("never claims more than the emulator's judgement of the same family", () => {
    for (const modelId of modelExamples) {
      const ours = capabilitiesOf(modelId);
      const judged = modelFamily(modelId);
      assert.ok(judged.hasTools || !ours.tools, `${modelId} tools`);
      assert.ok(judged.streamsTools || !(ours.tools && ours.streamingTools), `${modelId} streaming tools`);
      assert.ok(judged.hasSystemPrompt || ours.systemPrompt !== "field", `${modelId} system`);
      assert.ok(judged.hasToolResultStatus || !ours.toolResultStatus, `${modelId} status`);
      assert.ok(judged.hasReasoningSignature || ours.replaysReasoning !== "signed", `${modelId} signature`);
      assert.ok(judged.acceptsPrefill || !ours.prefill, `${modelId} prefill`);
      assert.ok(judged.cachePoints !== "none" || ours.cachePoints.length === 0, `${modelId} cache points`);
    }
  });

  it("B6.110 a stored prompt brings its own system prompt and tools", () => {
    const { systemPrompt, tools } = capabilitiesOf("arn:aws:bedrock:us-east-1:111122223333:prompt/PROMPT1234:1");
    assert.deepEqual([systemPrompt, tools], ["none", false]);
  });

  it("leaves out what refusals have taught, and nothing else", () => {
    const id = "anthropic.claude-sonnet-4-5";
    const full = capabilitiesOf(id);
    const { request } = full;
    const { thinking } = request;
    const changed = (feature: (typeof features)[number]) =>
      Object.entries(capabilitiesOf(id, { unsupported: [feature] })).filter(
        ([key, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(full, key)),
      );
    assert.deepEqual(Object.fromEntries(features.map((feature) => [feature, changed(feature)])), {
      cachePoints: [["cachePoints", []]],
      toolCachePoint: [["cachePoints", ["system", "messages"]]],
      streamingTools: [["streamingTools", false]],
      streaming: [
        ["streaming", false],
        ["streamingTools", false],
      ],
      toolChoice: [["toolChoice", []]],
      signature: [["replaysReasoning", "none"]],
      toolResultStatus: [["toolResultStatus", false]],
      system: [["systemPrompt", "first-message"]],
      temperature: [["temperature", false]],
      topP: [["request", { ...request, topP: false }]],
      maxTokens: [],
      thinking: [["request", { ...request, thinking: { ...thinking, fields: [] } }]],
      adaptiveThinking: [],
      thinkingBudget: [["request", { ...request, thinking: { ...thinking, fields: ["adaptive"] } }]],
      interleavedThinking: [["request", { ...request, thinking: { ...thinking, isInterleaved: false } }]],
      effort: [],
      strictTools: [["request", { ...request, strictTools: false }]],
      longCache: [["request", { ...request, longCache: false }]],
      serviceTier: [["request", { ...request, serviceTier: false }]],
      latency: [["request", { ...request, latency: false }]],
      guardrailMode: [["request", { ...request, guardrailMode: false }]],
      requestMetadata: [["request", { ...request, requestMetadata: false }]],
    });
    assert.deepEqual(capabilitiesOf(id, { unsupported: ["cachePoints", "toolCachePoint"] }).cachePoints, []);
    assert.deepEqual(capabilitiesOf(id, { unsupported: [], contextTokens: 1, outputTokens: 2 }).maxima, {
      contextTokens: 1,
      toldContextTokens: 1,
      outputTokens: 2,
    });
    assert.equal(capabilitiesOf(id).maxima.toldContextTokens, undefined);
  });
});
