import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { RequestSettings } from "../../../../src/agent/request-settings.ts";
import { capabilitiesOf } from "../../../../src/bedrock/capabilities.ts";
import { answererFacts, billedModel } from "../../../../src/bedrock/request/answerer-facts.ts";
import { converseInput } from "../../../../src/bedrock/request/converse-input.ts";

const budget: RequestSettings = { thinking: "budget", thinkingBudget: 1_024, promptCaching: "1h" };
const user: Message = { role: "user", content: [{ text: "Look." }] };
const use = { toolUse: { toolUseId: "t1", name: "look", input: {} } };
const answered: Message = { role: "user", content: [{ toolResult: { toolUseId: "t1", content: [{ text: "seen" }] } }] };
const thought = { reasoningContent: { reasoningText: { text: "hm", signature: "s" } } };

function inputOf(modelId: string, request: RequestSettings | undefined, messages: Message[] = [user]) {
  const settings = { modelId, maxTokens: 4_096, ...(request !== undefined && { request }) };
  return converseInput({ messages }, settings, capabilitiesOf(modelId), true);
}

describe("thinkingFields", () => {
  it("B7.115 B6.102 a tool loop that began without thinking goes on without a budget, the next turn has one again", () => {
    const fields = (...messages: Message[]) =>
      inputOf("anthropic.claude-sonnet-4-5", budget, messages).additionalModelRequestFields;
    assert.notEqual(fields(user, { role: "assistant", content: [thought, use] }, answered), undefined);
    const lost: Message[] = [user, { role: "assistant", content: [use] }, answered];
    assert.equal(fields(...lost), undefined);
    assert.notEqual(fields(...lost, { role: "assistant", content: [{ text: "Seen." }] }, user), undefined);
  });

  it("nothing about thinking is sent where the settings say nothing of requests", () => {
    assert.deepEqual(inputOf("anthropic.claude-opus-5", undefined), {
      modelId: "anthropic.claude-opus-5",
      messages: [user],
      inferenceConfig: { maxTokens: 4_096 },
    });
  });

  it("B6.110 a stored prompt keeps its guardrail and what the service is asked for", () => {
    const modelId = "arn:aws:bedrock:us-east-1:111122223333:prompt/PROMPT1234:1";
    const guardrail = { identifier: "g", version: "1", mode: "sync", trace: "enabled" } as const;
    const input = inputOf(modelId, { ...budget, guardrail, serviceTier: "flex" });
    assert.deepEqual(Object.keys(input), ["modelId", "messages", "guardrailConfig", "serviceTier"]);
  });
});

describe("answererFacts", () => {
  const factsOf = (modelId: string, request: RequestSettings, savedOf?: () => number) =>
    answererFacts(
      {
        ...{ modelId, request, region: undefined, profile: undefined, endpoint: undefined },
        ...{ maxTokens: 1, firstByteMs: 1, idleMs: 1 },
      },
      capabilitiesOf(modelId),
      savedOf,
    );

  it("says how long the model keeps what is cached, and no saving where no price is known", () => {
    assert.equal(factsOf("anthropic.claude-sonnet-4-5", budget).cacheTtl, "1h");
    assert.equal(factsOf("anthropic.claude-sonnet-4", budget).cacheTtl, "5m");
    assert.equal(factsOf("amazon.nova-pro-v1:0", budget).cacheTtl, "5m");
    assert.equal(factsOf("meta.llama3-3-70b-instruct-v1:0", budget).cacheTtl, undefined);
    assert.equal(factsOf("anthropic.claude-3-5-haiku", { ...budget, latency: "optimized" }).cacheTtl, undefined);
    const savedOf = () => 1;
    assert.equal(factsOf("anthropic.claude-sonnet-4-5", budget, savedOf).savedOf, savedOf);
    assert.equal("savedOf" in factsOf("anthropic.claude-sonnet-4-5", budget), false);
  });
  it("counts an application profile by the model behind it, or by the price that the user has given its ARN", () => {
    const arn = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/k3x9q2m7v1ab";
    const settings = {
      ...{ modelId: arn, baseModelId: "base", region: undefined, profile: undefined, endpoint: undefined },
      ...{ maxTokens: 1, firstByteMs: 1, idleMs: 1 },
    };
    const knows = (known: string) => (modelId: string) => ({ source: modelId === known ? "table" : "unknown" });
    assert.deepEqual([billedModel(settings, knows("base")), billedModel(settings, knows(arn))], ["base", arn]);
    const bought = { ...settings, modelId: "arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdefghijkl" };
    assert.equal(billedModel(bought, knows("base")), bought.modelId);
  });
});
