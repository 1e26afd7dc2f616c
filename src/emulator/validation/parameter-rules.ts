import * as z from "zod";
import { guardrails } from "../catalogue/guardrail-catalogue.ts";
import type { ModelFamily } from "./model-family.ts";
import type { ConverseRequest } from "./request-shape.ts";
import { claudeThinkingRules } from "./thinking-rules.ts";
import { type Violation, violation } from "./violation.ts";

const mostMetadata = 16;
const metadataText = /^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$/u;

/** What a request says beside its conversation, for this model. */
export function parameterRules(request: ConverseRequest, family: ModelFamily): readonly Violation[] {
  return [
    ...samplingRules(request, family),
    ...strictRules(request, family),
    ...(family.name === "claude" ? claudeThinkingRules(request, family) : foreignFields(request, family)),
    ...serviceRules(request, family),
    ...guardrailRules(request),
    ...metadataRules(request),
  ];
}

function samplingRules({ inferenceConfig = {} }: ConverseRequest, { name, parameters }: ModelFamily) {
  const { temperature, topP } = inferenceConfig;
  if (parameters.samples === "none") {
    const set = [...(temperature === undefined ? [] : ["temperature"]), ...(topP === undefined ? [] : ["top_p"])];
    return set.map((field) => {
      const text =
        name === "claude"
          ? `The model returned the following errors: \`${field}\` is deprecated for this model.`
          : `Unsupported parameter: '${field}' is not supported with this model.`;
      return violation("sampling", "inferenceConfig", text);
    });
  }
  if (parameters.samples === "both" || temperature === undefined || topP === undefined) return [];
  const text = "`temperature` and `top_p` cannot both be specified for this model. Please use only one.";
  return [violation("sampling", "inferenceConfig", `The model returned the following errors: ${text}`)];
}

function strictRules({ toolConfig, outputConfig }: ConverseRequest, { name, parameters }: ModelFamily) {
  if (parameters.strictTools) return [];
  const found = (toolConfig?.tools ?? []).flatMap(({ toolSpec }, index) =>
    toolSpec?.strict === undefined
      ? []
      : [
          violation(
            "strict",
            `toolConfig.tools.${index}`,
            `tools.${index}.custom.strict: Extra inputs are not permitted`,
          ),
        ],
  );
  const format = outputConfig?.textFormat !== undefined && name === "claude";
  const text = "output_config.format: Extra inputs are not permitted";
  return format ? [...found, violation("output-format", "outputConfig.textFormat", text)] : found;
}

const novaReasoning = z.strictObject({
  type: z.enum(["enabled", "disabled"]),
  maxReasoningEffort: z.enum(["low", "medium", "high"]).optional(),
});

/** `additionalModelRequestFields` of models that are not Claude: known keys with known values. */
function foreignFields(request: ConverseRequest, family: ModelFamily): readonly Violation[] {
  const fields = z.record(z.string(), z.unknown()).safeParse(request.additionalModelRequestFields ?? {});
  if (!fields.success) return [malformed("expected type: JSONObject")];
  return Object.entries(fields.data).flatMap(([key, value]) => fieldRule(key, value, request, family));
}

function fieldRule(key: string, value: unknown, request: ConverseRequest, family: ModelFamily): readonly Violation[] {
  const { reasoningConfig, reasoningEffort } = family.parameters;
  if (family.name === "nova" && key === "inferenceConfig") return [];
  if (family.name === "nova" && key === "reasoningConfig" && reasoningConfig) return novaRules(value, request);
  if (key === "reasoning_effort" && reasoningEffort) {
    const isKnown = value === "low" || value === "medium" || value === "high";
    return isKnown ? [] : [malformed(`${String(value)} is not a valid enum value`, "#/reasoning_effort")];
  }
  return [malformed(`extraneous key [${key}] is not permitted`)];
}

function novaRules(value: unknown, { inferenceConfig = {} }: ConverseRequest): readonly Violation[] {
  const parsed = novaReasoning.safeParse(value);
  if (!parsed.success) return [malformed("the reasoningConfig is not valid", "#/reasoningConfig")];
  const { type, maxReasoningEffort } = parsed.data;
  const isLimited = Object.values(inferenceConfig).some((member) => member !== undefined);
  const text = "maxTokens, temperature and topP must be unset when maxReasoningEffort is high.";
  return type === "enabled" && maxReasoningEffort === "high" && isLimited
    ? [violation("nova-reasoning", "inferenceConfig", text)]
    : [];
}

function serviceRules(request: ConverseRequest, { name, parameters }: ModelFamily): readonly Violation[] {
  const tier = request.serviceTier?.type;
  const isOptimized = request.performanceConfig?.latency === "optimized";
  const found: Violation[] = [];
  if (tier === "reserved") found.push(violation("service-tier", "serviceTier", "Reservation not found."));
  else if (tier !== undefined && tier !== "default" && !parameters.serviceTiers) {
    found.push(violation("service-tier", "serviceTier", "The service tier provided is not supported for this model."));
  }
  if (isOptimized && !parameters.optimizedLatency) {
    const text = "Latency performance configuration is not supported for this model.";
    found.push(violation("latency", "performanceConfig", text));
  } else if (isOptimized && name === "claude" && JSON.stringify(request).includes('"cachePoint"')) {
    const text = "The model returned the following errors: system.0.cache_control: Extra inputs are not permitted";
    found.push(violation("latency-cache", "performanceConfig", text));
  }
  return found;
}

function guardrailRules({ guardrailConfig }: ConverseRequest): readonly Violation[] {
  if (guardrailConfig === undefined) return [];
  const { guardrailIdentifier: id, guardrailVersion: version } = guardrailConfig;
  for (const [name, value] of Object.entries({ guardrailIdentifier: id, guardrailVersion: version })) {
    if (value !== undefined && value !== "") continue;
    const text = `1 validation error detected: Value null at 'guardrailConfig.${name}' failed to satisfy constraint: Member must not be null`;
    return [violation("guardrail", "guardrailConfig", text)];
  }
  const isKnown = guardrails.some((known) => (known.id === id || known.arn === id) && known.version === version);
  const text = "The guardrail identifier or version provided in the request does not exist.";
  return isKnown ? [] : [violation("guardrail", "guardrailConfig", text)];
}

function metadataRules({ requestMetadata = {} }: ConverseRequest): readonly Violation[] {
  const entries = Object.entries(requestMetadata);
  const at = "1 validation error detected: Value at 'requestMetadata' failed to satisfy constraint:";
  const pattern = "Member must satisfy regular expression pattern: [a-zA-Z0-9\\s:_@$#=/+,-.]{0,256}";
  if (entries.length > mostMetadata) {
    return [
      violation("metadata", "requestMetadata", `${at} Member must have length less than or equal to ${mostMetadata}`),
    ];
  }
  return entries.flatMap(([key, value]) => {
    if (key === "" || !metadataText.test(key))
      return [violation("metadata", "requestMetadata", `${at} Map keys must satisfy constraint: [${pattern}]`)];
    if (metadataText.test(value)) return [];
    return [violation("metadata", "requestMetadata", `${at} Map value must satisfy constraint: [${pattern}]`)];
  });
}

function malformed(what: string, pointer = "#"): Violation {
  const message = `Malformed input request: ${pointer}: ${what}, please reformat your input and try again.`;
  return violation("additional-fields", "additionalModelRequestFields", message);
}
