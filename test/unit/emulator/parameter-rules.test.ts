import { ask, point, reformat, testRefusals, text, tool, toolConfig, user } from "./rule-cases.ts";

const model = {
  sonnet35: "anthropic.claude-3-5-sonnet-20241022-v2:0",
  sonnet45: "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
  opus5: "global.anthropic.claude-opus-5",
  novaPro: "amazon.nova-pro-v1:0",
  nova2: "us.amazon.nova-2-lite-v1:0",
  gptOss: "openai.gpt-oss-120b-1:0",
  gpt5: "openai.gpt-5.1",
};
const asking = (more: object) => ({ ...ask(user(text)), ...more });
const fields = (additionalModelRequestFields: object) => asking({ additionalModelRequestFields });
const metadata = "1 validation error detected: Value at 'requestMetadata' failed to satisfy constraint:";
const pattern = "Member must satisfy regular expression pattern: [a-zA-Z0-9\\s:_@$#=/+,-.]{0,256}";

testRefusals([
  {
    refuses: "a budget where the model thinks adaptively",
    model: model.opus5,
    request: fields({ thinking: { type: "enabled", budget_tokens: 2_000 } }),
    text: 'The model returned the following errors: "thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
  },
  {
    refuses: "adaptive thinking where the model wants a budget",
    model: model.sonnet45,
    request: fields({ thinking: { type: "adaptive" } }),
    text: "thinking: Input tag 'adaptive' found using 'type' does not match any of the expected tags: 'enabled', 'disabled'",
  },
  {
    refuses: "thinking where the model does not think",
    model: model.sonnet35,
    request: fields({ thinking: { type: "enabled", budget_tokens: 2_000 } }),
    text: "thinking: Extra inputs are not permitted",
  },
  {
    refuses: "a field that Claude does not know",
    request: fields({ reasoning_effort: "low" }),
    text: "reasoning_effort: Extra inputs are not permitted",
  },
  {
    refuses: "an effort that the model lacks",
    request: fields({ output_config: { effort: "xhigh" } }),
    text: "output_config.effort: Input should be 'low', 'medium', 'high' or 'max'",
  },
  {
    refuses: "an effort above high without thinking",
    model: model.opus5,
    request: fields({ thinking: { type: "disabled" }, output_config: { effort: "max" } }),
    text: "output_config.effort: 'max' is not supported when thinking is disabled",
  },
  { refuses: "a beta that nobody knows", request: fields({ anthropic_beta: ["flying"] }), text: "invalid beta flag" },
  {
    refuses: "a temperature where the model takes none",
    model: model.opus5,
    request: asking({ inferenceConfig: { temperature: 1 } }),
    text: "The model returned the following errors: `temperature` is deprecated for this model.",
  },
  {
    refuses: "temperature and topP together where the model takes one",
    model: model.sonnet45,
    request: asking({ inferenceConfig: { temperature: 1, topP: 0.5 } }),
    text: "The model returned the following errors: `temperature` and `top_p` cannot both be specified for this model. Please use only one.",
  },
  {
    refuses: "a strict tool where the model takes none",
    model: model.opus5,
    request: asking({ toolConfig: { tools: [{ toolSpec: { ...tool().toolSpec, strict: true } }] } }),
    text: "tools.0.custom.strict: Extra inputs are not permitted",
  },
  {
    refuses: "reasoningConfig for a Nova of the first generation",
    model: model.novaPro,
    request: fields({ reasoningConfig: { type: "enabled" } }),
    text: `Malformed input request: #: extraneous key [reasoningConfig] is not permitted, ${reformat}`,
  },
  {
    refuses: "limits beside Nova's highest effort",
    model: model.nova2,
    request: {
      ...fields({ reasoningConfig: { type: "enabled", maxReasoningEffort: "high" } }),
      inferenceConfig: { maxTokens: 1_000 },
    },
    text: "maxTokens, temperature and topP must be unset when maxReasoningEffort is high.",
  },
  {
    refuses: "an effort that gpt-oss does not know",
    model: model.gptOss,
    request: fields({ reasoning_effort: "max" }),
    text: `Malformed input request: #/reasoning_effort: max is not a valid enum value, ${reformat}`,
  },
  {
    refuses: "a reserved tier, which the account has not",
    request: asking({ serviceTier: { type: "reserved" } }),
    text: "Reservation not found.",
  },
  {
    refuses: "a tier that is none",
    request: asking({ serviceTier: { type: "cheapest" } }),
    text: "1 validation error detected: Value 'cheapest' at 'serviceTier.type' failed to satisfy constraint: Member must satisfy enum value set: [priority, default, flex, reserved]",
  },
  {
    refuses: "another tier than the default for GPT",
    model: model.gpt5,
    request: asking({ serviceTier: { type: "flex" } }),
    text: "The service tier provided is not supported for this model.",
  },
  {
    refuses: "optimized latency where the model has none",
    request: asking({ performanceConfig: { latency: "optimized" } }),
    text: "Latency performance configuration is not supported for this model.",
  },
  {
    refuses: "a cache point beside optimized latency",
    model: "us.anthropic.claude-3-5-haiku-20241022-v1:0",
    request: { ...ask(user(text, point())), performanceConfig: { latency: "optimized" } },
    text: "The model returned the following errors: system.0.cache_control: Extra inputs are not permitted",
  },
  {
    refuses: "an hour's cache point where the model keeps none so long",
    model: "us.anthropic.claude-sonnet-4-20250514-v1:0",
    request: { ...ask(user(text, point("1h"))), toolConfig },
    text: "This model doesn't support the cachePoint.ttl field. Remove cachePoint.ttl and try again.",
  },
  {
    refuses: "half a guardrail",
    request: asking({ guardrailConfig: { guardrailIdentifier: "gr1a2b3c4d5e" } }),
    text: "1 validation error detected: Value null at 'guardrailConfig.guardrailVersion' failed to satisfy constraint: Member must not be null",
  },
  {
    refuses: "a guardrail's version that there is not",
    request: asking({ guardrailConfig: { guardrailIdentifier: "gr1a2b3c4d5e", guardrailVersion: "9" } }),
    text: "The guardrail identifier or version provided in the request does not exist.",
  },
  {
    refuses: "metadata with other characters",
    request: asking({ requestMetadata: { user: '{"id":1}' } }),
    text: `${metadata} Map value must satisfy constraint: [${pattern}]`,
  },
  {
    refuses: "more than 16 entries of metadata",
    request: asking({
      requestMetadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, "v"])),
    }),
    text: `${metadata} Member must have length less than or equal to 16`,
  },
]);
