import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Feature } from "../../src/agent/capabilities.ts";
import type { RequestSettings } from "../../src/agent/request-settings.ts";
import { httpErrorReply, textReply } from "../../src/emulator/replies.ts";
import { nameOf, openWire, textOf, transports, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

const settings: RequestSettings = {
  thinking: "budget",
  thinkingBudget: 1_024,
  promptCaching: "1h",
  effort: "high",
  serviceTier: "flex",
  latency: "standard",
  metadata: { branch: "main" },
  guardrail: { identifier: "gr1a2b3c4d5e", version: "1", mode: "async", trace: "enabled" },
};
const sonnet45 = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
const sonnet46 = "global.anthropic.claude-sonnet-4-6-v1";

interface Case {
  readonly feature: Feature;
  /** As Bedrock says it. */
  readonly text: string;
  /** A part of the body that is at fault, and that the next one has not. */
  readonly part: RegExp;
  readonly modelId?: string;
  readonly own?: Partial<RequestSettings>;
}

const cases: readonly Case[] = [
  {
    feature: "thinkingBudget",
    text: 'The model returned the following errors: "thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
    part: /"type":"enabled"/u,
    modelId: sonnet46,
  },
  {
    feature: "adaptiveThinking",
    text: "thinking: Input tag 'adaptive' found using 'type' does not match any of the expected tags: 'enabled', 'disabled'",
    part: /"adaptive"/u,
    modelId: sonnet46,
    own: { thinking: "auto" },
  },
  { feature: "thinking", text: "thinking: Extra inputs are not permitted", part: /"thinking":/u },
  { feature: "interleavedThinking", text: "invalid beta flag", part: /anthropic_beta/u },
  {
    feature: "effort",
    text: "output_config: Extra inputs are not permitted",
    part: /output_config/u,
    modelId: sonnet46,
    own: { thinking: "auto" },
  },
  { feature: "serviceTier", text: "Reservation not found.", part: /serviceTier/u },
  { feature: "serviceTier", text: "service tier provided is invalid", part: /serviceTier/u },
  {
    feature: "latency",
    text: "Latency performance configuration is not supported for this model.",
    part: /performanceConfig/u,
  },
  {
    feature: "requestMetadata",
    text: "1 validation error detected: Value at 'requestMetadata' failed to satisfy constraint: Map value must satisfy constraint: []",
    part: /requestMetadata/u,
  },
  {
    feature: "guardrailMode",
    text: "This model doesn't support the guardrailConfig.streamProcessingMode field. Remove it and try again.",
    part: /streamProcessingMode/u,
  },
  {
    feature: "longCache",
    text: "This model doesn't support the cachePoint.ttl field. Remove cachePoint.ttl and try again.",
    part: /"ttl"/u,
  },
];
const system = [{ text: "You look at things. ".repeat(1_000) }];
const request = { messages: [{ role: "user" as const, content: [{ text: "Hi" }] }], system };

for (const transport of transports) {
  describe(`parameters that heal themselves over ${nameOf(transport)}`, () => {
    for (const { feature, text, part, modelId = sonnet45, own } of cases) {
      it(`B7.124 a refusal of ${feature} leaves it out and is remembered: ${text.slice(0, 50)}`, async (test) => {
        const wire = await openWire(test, transport, (call) =>
          part.test(JSON.stringify(call.request))
            ? httpErrorReply(400, "ValidationException", text)
            : textReply("Done."),
        );
        const asked = { modelId, maxTokens: 4_096, request: { ...settings, ...own } };
        const error = await wire.fail(asked, { request });
        assert.deepEqual([error.kind, error.feature, error.retry.most], ["feature_unsupported", feature, 1]);
        assert.match(error.lesson.healed ?? "", /^Asked again .*\.$/u);
        for (const _ of ["the second attempt", "the next turn"]) {
          assert.equal(textOf((await wire.call(asked, { request })).events), "Done.");
        }
        assert.equal(wire.emulator.requests.length, 3);
      });
    }

    it("B7.124 a guardrail that is refused fails the request: nothing is ever sent without it", async (test) => {
      const wire = await openWire(test, transport, () => textReply("Unguarded."));
      const guardrail = { identifier: "gone12345678", version: "1", mode: "sync", trace: "enabled" } as const;
      const asked = { maxTokens: 4_096, request: { ...settings, guardrail } };
      for (const _ of ["the first attempt", "the next turn"]) {
        const error = await wire.fail(asked, { request });
        assert.deepEqual([error.kind, error.feature, error.retry.most], ["validation", undefined, 0]);
        assert.match(error.error.message, /^The guardrail in outcrop\.guardrail is not there/u);
      }
      assert.ok(wire.emulator.requests.every(({ text, status }) => text.includes("gone12345678") && status === 400));
    });
  });
}
