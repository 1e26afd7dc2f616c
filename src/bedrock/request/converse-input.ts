import type { ConverseStreamCommandInput, InferenceConfiguration } from "@aws-sdk/client-bedrock-runtime";
import type { Capabilities } from "../../agent/capabilities.ts";
import type { ModelRequest } from "../../agent/model.ts";
import type { RequestSettings } from "../../agent/request-settings.ts";
import type { BedrockSettings } from "../bedrock-settings.ts";
import { placeCachePoints } from "../cache-points.ts";
import { isPromptArn } from "../capabilities.ts";
import { cachingOf } from "./caching-of.ts";
import { type ThinkingFields, thinkingFields } from "./thinking-fields.ts";
import { toolConfigFor } from "./tool-config-for.ts";

type Settings = Pick<BedrockSettings, "modelId" | "maxTokens" | "request">;

/** Nothing about thinking is sent, and the prompt is cached for the usual time. */
const plainRequest: RequestSettings = { thinking: "auto", thinkingBudget: 0, promptCaching: "5m" };
const unasked: ThinkingFields = { fields: {}, isOn: false, excludesLimits: false };

/**
 * The exact input of ConverseStream, or of Converse where it does not stream: what the loop decided, and of the
 * settings what this model takes. The order of keys is fixed, so that the same conversation gives the same bytes.
 * A stored prompt brings its own parameters, system prompt and tools. Where one tool must be called nothing is left to
 * think about, and many a model that thinks refuses the force (B7.116).
 */
export function converseInput(
  request: ModelRequest,
  settings: Settings,
  capabilities: Capabilities,
  streams: boolean,
): ConverseStreamCommandInput {
  const { modelId, request: own = plainRequest } = settings;
  const service = serviceFields(own, capabilities, streams);
  if (isPromptArn(modelId)) return { modelId, messages: request.messages, ...service };
  const maxTokens = Math.min(settings.maxTokens, capabilities.maxima.outputTokens ?? settings.maxTokens);
  const wish = { ...own, maxTokens, ...(forcesTool(request) && { thinking: "off" as const }) };
  const thinking =
    settings.request === undefined ? unasked : thinkingFields(wish, capabilities.request.thinking, request.messages);
  const toolConfig = toolConfigFor(request.toolConfig, capabilities);
  const ready: ModelRequest = {
    messages: request.messages,
    ...(request.system !== undefined && { system: request.system }),
    ...(toolConfig !== undefined && { toolConfig }),
  };
  return {
    modelId,
    ...placeCachePoints(ready, capabilities, cachingOf(settings.request, capabilities)),
    ...(!thinking.excludesLimits && { inferenceConfig: inferenceConfig(own, maxTokens, capabilities, thinking) }),
    ...(Object.keys(thinking.fields).length > 0 && { additionalModelRequestFields: thinking.fields }),
    ...service,
  };
}

/** `maxTokens` always: unset, Bedrock reserves the model's maximum from the quota. */
function inferenceConfig(
  { temperature, topP }: RequestSettings,
  maxTokens: number,
  capabilities: Capabilities,
  { isOn }: ThinkingFields,
): InferenceConfiguration {
  const samples = !isOn && capabilities.temperature;
  const isSet = samples && temperature !== undefined;
  const takesTopP = samples && capabilities.request.topP && (!isSet || capabilities.request.bothSamplings);
  return {
    maxTokens,
    ...(isSet && { temperature: within(temperature) }),
    ...(takesTopP && topP !== undefined && { topP: within(topP) }),
  };
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** What is the service's own, whatever the model. A guardrail is never left out: where it is refused the request fails. */
function serviceFields(own: RequestSettings, { request }: Capabilities, streams: boolean) {
  const { guardrail, metadata = {}, latency, serviceTier } = own;
  return {
    ...(guardrail !== undefined && {
      guardrailConfig: {
        guardrailIdentifier: guardrail.identifier,
        guardrailVersion: guardrail.version,
        trace: guardrail.trace,
        ...(streams && request.guardrailMode && { streamProcessingMode: guardrail.mode }),
      },
    }),
    ...(request.requestMetadata && Object.keys(metadata).length > 0 && { requestMetadata: { ...metadata } }),
    ...(latency !== undefined && request.latency && { performanceConfig: { latency } }),
    ...(serviceTier !== undefined && request.serviceTier && { serviceTier: { type: serviceTier } }),
  } satisfies Partial<ConverseStreamCommandInput>;
}

function forcesTool({ toolConfig }: ModelRequest): boolean {
  const { tool, any } = toolConfig?.toolChoice ?? {};
  return tool !== undefined || any !== undefined;
}
