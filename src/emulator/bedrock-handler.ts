import { randomUUID } from "node:crypto";
import { PromptCache } from "./cache/prompt-cache.ts";
import { type ControlPlaneRoute, controlPlaneResponse, controlPlaneRoute } from "./catalogue/control-plane.ts";
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
  /** What `ApplyGuardrail` judges by. */
  readonly guardrail?: ParsedScript["guardrail"];
}

type Route =
  | { readonly kind: "runtime"; readonly operation: Operation; readonly modelId: string }
  | { readonly kind: "control-plane"; readonly read: ControlPlaneRoute }
  | { readonly kind: "apply-guardrail"; readonly id: string; readonly version: string }
  | { readonly kind: "unknown" };

/** Makes the handler that both doors share: authentication, routing, validation, reply. */
export function createBedrockHandler(options: BedrockOptions): RequestHandler {
  const cache = options.cache ?? new PromptCache();
  return async (request) => {
    const requestId = randomUUID();
    const { credentials } = options;
    const problem = credentials === undefined ? undefined : await verifySignature(request, credentials);
    if (problem !== undefined) {
      return awsError(403, problem.type, problem.message, requestId);
    }
    const route = findRoute(request, options.basePath ?? "");
    switch (route.kind) {
      case "runtime":
        return runtimeResponse(route.operation, route.modelId, request, { ...options, cache }, requestId);
      case "apply-guardrail":
        return applyGuardrailResponse(route, request, options.guardrail, requestId);
      case "control-plane":
        return readResponse(route.read, options.controlPlane, request, requestId);
      case "unknown":
        return awsError(
          404,
          "UnknownOperationException",
          "The requested operation is not recognized by the service.",
          requestId,
        );
    }
  };
}

function findRoute(request: EmulatorRequest, basePath: string): Route {
  if (!request.path.startsWith(`${basePath}/`)) {
    return { kind: "unknown" };
  }
  const path = request.path.slice(basePath.length);
  const runtime = /^\/model\/([^/]*)\/(converse-stream|converse|count-tokens)$/u.exec(path);
  if (request.method === "POST" && runtime !== null) {
    return { kind: "runtime", operation: operationOf(runtime[2]), modelId: decode(runtime[1] ?? "") };
  }
  const applied = /^\/guardrail\/([^/]+)\/version\/([^/]+)\/apply$/u.exec(path);
  if (request.method === "POST" && applied !== null) {
    return { kind: "apply-guardrail", id: decode(applied[1] ?? ""), version: decode(applied[2] ?? "") };
  }
  const read = request.method === "GET" ? controlPlaneRoute(path) : undefined;
  return read === undefined ? { kind: "unknown" } : { kind: "control-plane", read };
}

function readResponse(
  read: ControlPlaneRoute,
  scripted: BedrockOptions["controlPlane"],
  request: EmulatorRequest,
  requestId: string,
): readonly ResponseStep[] {
  const isRefused = scripted !== undefined && (scripted.operations?.includes(read.operation) ?? true);
  return isRefused ? scriptedHttpError(scripted.fault, requestId) : controlPlaneResponse(read, request, requestId);
}

function operationOf(segment: string | undefined): Operation {
  return segment === "converse" || segment === "count-tokens" ? segment : "converse-stream";
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function runtimeResponse(
  operation: Operation,
  modelId: string,
  request: EmulatorRequest,
  { responder, cache }: BedrockOptions & { readonly cache: PromptCache },
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
