import { checkConversation, modelFamily, type Violation } from "./conversation-rules.ts";
import { type ConverseRequest, converseRequestSchema, countTokensRequestSchema } from "./validation/request-shape.ts";
import { shapeViolations } from "./validation/shape-violations.ts";
import { violation } from "./validation/violation.ts";

export type Operation = "converse-stream" | "converse" | "count-tokens";

/** A request that passed every check, or why it did not. */
export type ValidatedRequest =
  | { readonly ok: true; readonly request: ConverseRequest }
  | { readonly ok: false; readonly violations: readonly [Violation, ...Violation[]] };

/** Judges a request's body (the text of the HTTP body) for this model and operation as Bedrock would. */
export function validateRequest(operation: Operation, modelId: string, body: string): ValidatedRequest {
  const json = parseJson(body);
  if (modelId.trim() === "") {
    return refused([
      violation(
        "model-id",
        "modelId",
        `1 validation error detected: Value '${modelId}' at 'modelId' failed to satisfy constraint: Member must have length greater than or equal to 1`,
      ),
    ]);
  }
  if (json === undefined || typeof json.value !== "object" || json.value === null || Array.isArray(json.value)) {
    return refused([violation("not-json", "", "Unable to parse the request body: it is not a JSON object.")]);
  }
  return operation === "count-tokens"
    ? validateCountTokens(modelId, json.value)
    : validateConverse(operation, modelId, json.value);
}

function validateConverse(operation: Operation, modelId: string, value: object): ValidatedRequest {
  const isPrompt = /^arn:[^:]+:bedrock:[^:]*:[^:]*:prompt\//u.test(modelId);
  const found = "modelId" in value ? [extraneous("modelId")] : checkConversation(value, modelFamily(modelId));
  // A stored prompt brings its own messages.
  const violations = found.filter(({ rule }) => !(isPrompt && rule === "no-messages"));
  if (violations.length > 0) {
    return refused(violations);
  }
  const request = converseRequestSchema.parse(value);
  const [first, ...others] = [
    ...operationRules(operation, modelId, request),
    ...(isPrompt ? promptRules(request) : []),
  ];
  return first === undefined ? { ok: true, request } : { ok: false, violations: [first, ...others] };
}

function operationRules(operation: Operation, modelId: string, request: ConverseRequest): readonly Violation[] {
  const { hasTools, streamsTools } = modelFamily(modelId);
  const streamed = operation === "converse-stream";
  if (streamed && request.toolConfig !== undefined && hasTools && !streamsTools) {
    return [violation("stream-tools", "toolConfig", "This model doesn't support tool use in streaming mode.")];
  }
  return !streamed && request.guardrailConfig?.streamProcessingMode !== undefined
    ? [extraneous("streamProcessingMode", "#/guardrailConfig")]
    : [];
}

function promptRules(request: ConverseRequest): readonly Violation[] {
  const forbidden = ["system", "inferenceConfig", "toolConfig", "additionalModelRequestFields"] as const;
  return forbidden
    .filter((key) => request[key] !== undefined)
    .map((key) =>
      violation(
        "prompt-arn",
        key,
        `The ${key} field can't be used when the modelId is the ARN of a prompt. Remove ${key} and try again.`,
      ),
    );
}

/** The same rules as for the conversation that is counted: what could not be sent is not counted. */
function validateCountTokens(modelId: string, value: object): ValidatedRequest {
  const result = countTokensRequestSchema.safeParse(value);
  if (!result.success) {
    return refused(shapeViolations(result.error, value));
  }
  if (!isCounted(modelId)) {
    return refused([violation("count-tokens-model", "modelId", "The provided model doesn't support counting tokens.")]);
  }
  const { converse } = result.data.input;
  const violations = converse === undefined ? [] : checkConversation(converse, modelFamily(modelId));
  return violations.length > 0 ? refused(violations) : { ok: true, request: converse ?? {} };
}

/** Claude, by the foundation model's own id: no inference profile and no ARN of one. */
function isCounted(modelId: string): boolean {
  return /^(?:arn:[^:]+:bedrock:[^:]*::foundation-model\/)?anthropic\.claude-/u.test(modelId);
}

function refused(violations: readonly Violation[]): ValidatedRequest {
  const [first = violation("shape", "", "The request is not valid."), ...others] = violations;
  return { ok: false, violations: [first, ...others] };
}

function extraneous(key: string, pointer = "#"): Violation {
  return violation(
    "extraneous-key",
    key,
    `Malformed input request: ${pointer}: extraneous key [${key}] is not permitted, please reformat your input and try again.`,
  );
}

function parseJson(body: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body) };
  } catch {
    return undefined;
  }
}
