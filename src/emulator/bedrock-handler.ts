import { randomUUID } from "node:crypto";
import { PromptCache } from "./cache/prompt-cache.ts";
import { type ControlPlaneRoute, controlPlaneResponse } from "./catalogue/control-plane.ts";
import { findRoute } from "./find-route.ts";
import { applyGuardrailResponse } from "./reply/apply-guardrail.ts";
import { converseResponse } from "./reply/converse-response.ts";
import { countTokens } from "./reply/count-tokens.ts";
import { awsError, scriptedHttpError, statusOfException, wholeResponse } from "./reply/http-error.ts";
import type { ReplyContext } from "./reply/reply-frames.ts";
import { streamResponse } from "./reply/stream-response.ts";
import type { Responder } from "./responder.ts";
import type { ParsedScript } from "./script-schema.ts";
import { type Operation, validateRequest } from "./validate-request.ts";
import { modelFamily } from "./validation/model-family.ts";
import type { Violation } from "./validation/violation.ts";
import { type CredentialLookup, type EmulatorCredentials, verifySignature } from "./verify-signature.ts";
import type { EmulatorRequest, RequestHandler, ResponseStep } from "./wire/http-exchange.ts";

/** What the emulated Bedrock is made of. */
export interface BedrockOptions {
  readonly responder: Responder;
  /** Only requests signed with these are answered. Left out: signatures are not looked at. */
  readonly credentials?: EmulatorCredentials | CredentialLookup;
  /** Path before `/model/…`, such as `/bedrock`, for an endpoint that has one. */
  readonly basePath?: string;
  readonly controlPlane?: ParsedScript["controlPlane"];
  /** What earlier requests have written. Left out: one of this handler's own. */
  readonly cache?: PromptCache;
  /** Actions such as `bedrock:ListFoundationModels` that no policy allows. */
  readonly deny?: ParsedScript["deny"];
  /** Actions whose requests are never answered. */
  readonly hang?: ParsedScript["hang"];
  /** How far the service's clock is ahead of this computer's, in milliseconds. */
  readonly clockOffsetMs?: number;
  /** What `ApplyGuardrail` judges by; what guards the model is the responder's. */
  readonly guardrail?: ParsedScript["guardrail"];
}

/** Makes the handler that both doors share: authentication, routing, permission, validation, reply. */
export function createBedrockHandler(options: BedrockOptions): RequestHandler {
  const cache = options.cache ?? new PromptCache();
  const { clockOffsetMs = 0 } = options;
  return async (request) => {
    const now = new Date(Date.now() + clockOffsetMs);
    const steps = await respond({ ...options, cache }, request, now);
    return clockOffsetMs === 0 ? steps : steps.map((step) => dated(step, now));
  };
}

type Account = BedrockOptions & { readonly cache: PromptCache };

async function respond(account: Account, request: EmulatorRequest, now: Date): Promise<readonly ResponseStep[]> {
  const requestId = randomUUID();
  const { credentials, deny, hang, guardrail } = account;
  const route = findRoute(request, account.basePath ?? "");
  if (route.kind === "unknown") {
    const message = "The requested operation is not recognized by the service.";
    return awsError(404, "UnknownOperationException", message, requestId);
  }
  const problem = credentials === undefined ? undefined : await verifySignature(request, credentials, { now });
  if (problem !== undefined) return awsError(403, problem.type, problem.message, requestId);
  if (deny?.includes(route.action) === true) return denied(route, requestId);
  if (hang?.includes(route.action) === true) return [{ kind: "wait-forever" }];
  switch (route.kind) {
    case "runtime":
      return runtimeResponse(route.operation, route.modelId, request, account, requestId);
    case "control-plane":
      return readResponse(route.read, account.controlPlane, request, requestId);
    case "apply-guardrail":
      return applyGuardrailResponse(route, request, guardrail, requestId);
  }
}

function readResponse(
  read: ControlPlaneRoute,
  { fault, operations, availability }: NonNullable<BedrockOptions["controlPlane"]> = {},
  request: EmulatorRequest,
  requestId: string,
): readonly ResponseStep[] {
  const isRefused = operations?.includes(read.operation) ?? true;
  if (fault !== undefined && isRefused) return scriptedHttpError(fault, requestId);
  return controlPlaneResponse(read, request, requestId, availability);
}

/** As IAM words it where nothing allows an action. */
function denied({ action, resource }: { readonly action: string; readonly resource: string }, requestId: string) {
  const user = "arn:aws:iam::111122223333:user/emulated";
  const message = `User: ${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  return awsError(403, "AccessDeniedException", message, requestId);
}

function dated(step: ResponseStep, now: Date): ResponseStep {
  return step.kind === "head" ? { ...step, headers: { ...step.headers, date: now.toUTCString() } } : step;
}

function runtimeResponse(
  operation: Operation,
  modelId: string,
  request: EmulatorRequest,
  { responder, cache }: Account,
  requestId: string,
): readonly ResponseStep[] {
  const body = new TextDecoder().decode(request.body);
  const validated = validateRequest(operation, modelId, body);
  if (!validated.ok) {
    return refusal(validated.violations[0], requestId);
  }
  const inputTokens = countTokens(JSON.stringify(validated.request));
  if (operation === "count-tokens") {
    const headers = { "content-type": "application/json", "x-amzn-requestid": requestId };
    return wholeResponse(200, headers, JSON.stringify({ inputTokens }));
  }
  const reply = responder({ operation, modelId, request: validated.request });
  if (reply === undefined) {
    return awsError(
      404,
      "ResourceNotFoundException",
      "The emulator's script has no reply for this request.",
      requestId,
    );
  }
  const family = modelFamily(modelId);
  const context: ReplyContext = {
    inputTokens,
    messageCount: validated.request.messages?.length ?? 0,
    shortToolUseIds: family.name === "mistral",
    request: validated.request,
    // A request that failed before the model read it has written nothing.
    cached:
      reply.fault?.kind === "http-error" ? undefined : cache.bill(modelId, validated.request, family.parameters.cache),
  };
  return operation === "converse"
    ? converseResponse(reply, context, requestId)
    : streamResponse(reply, context, requestId);
}

function refusal(violation: Violation, requestId: string): readonly ResponseStep[] {
  const type = violation.exception ?? "ValidationException";
  return awsError(statusOfException(type), type, violation.message, requestId);
}
