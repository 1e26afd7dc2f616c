import { cachePointRules } from "./validation/cache-point-rules.ts";
import { mediaRules } from "./validation/media-rules.ts";
import { messageRules } from "./validation/message-rules.ts";
import type { ModelFamily } from "./validation/model-family.ts";
import { parameterRules } from "./validation/parameter-rules.ts";
import { reasoningRules } from "./validation/reasoning-rules.ts";
import { converseRequestSchema } from "./validation/request-shape.ts";
import { shapeViolations } from "./validation/shape-violations.ts";
import { toolConfigRules } from "./validation/tool-config-rules.ts";
import { toolPairingRules } from "./validation/tool-pairing-rules.ts";
import type { Violation } from "./validation/violation.ts";

export { type ModelFamily, modelFamily } from "./validation/model-family.ts";
export type { Violation } from "./validation/violation.ts";

/**
 * What Bedrock would refuse in a ConverseStream or Converse request for a model of this family, the most basic first;
 * empty when it is accepted. Takes the JSON of the wire or the SDK's input (`modelId` is then left aside). The rules
 * and texts were collected from AWS's documentation and from public reports; docs/emulator.md lists them.
 */
export function checkConversation(request: unknown, family: ModelFamily): readonly Violation[] {
  const parsed = converseRequestSchema.safeParse(withoutModelId(request));
  if (!parsed.success) {
    return shapeViolations(parsed.error, request);
  }
  const rules = [
    messageRules,
    toolPairingRules,
    toolConfigRules,
    mediaRules,
    reasoningRules,
    cachePointRules,
    parameterRules,
  ];
  return rules.flatMap((rule) => rule(parsed.data, family));
}

function withoutModelId(request: unknown): unknown {
  if (typeof request !== "object" || request === null || Array.isArray(request)) {
    return request;
  }
  return Object.fromEntries(Object.entries(request).filter(([key]) => key !== "modelId"));
}
