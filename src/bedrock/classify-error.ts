import { isModelError, ModelError, type RetryAdvice } from "../agent/model.ts";
import type { ErrorAction, ErrorKind } from "../protocol/turn-error.ts";
import { type ErrorFacts, readErrorFacts } from "./error-facts.ts";
import type { WatchedPhase } from "./watchdog.ts";

/** Where a call went, for the sentence that the user reads. */
export interface CallPlace {
  readonly modelId: string;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  readonly requestId: string | undefined;
}

interface Treatment {
  /** Ends in the place: "… (model, region)". */
  readonly says: string;
  readonly retry: RetryAdvice;
  readonly actions: readonly ErrorAction[];
}

const never: RetryAdvice = { most: 0, baseMs: 0 };

/** What each kind means to the user, and whether sending the identical request again can help. */
const treatments: Record<ErrorKind, Treatment> = {
  throttled: { says: "Throttled by Bedrock", retry: { most: 8, baseMs: 1_000 }, actions: ["retry", "select-model"] },
  server: {
    says: "Bedrock had an internal error",
    retry: { most: 8, baseMs: 1_000 },
    actions: ["retry", "select-model"],
  },
  model_error: { says: "The model failed", retry: { most: 2, baseMs: 1_000 }, actions: ["retry", "select-model"] },
  model_timeout: {
    says: "The model took too long",
    retry: { most: 2, baseMs: 1_000 },
    actions: ["retry", "select-model"],
  },
  malformed_tool_use: {
    says: "The model wrote a tool call that cannot be read",
    retry: { most: 1, baseMs: 500 },
    actions: ["retry", "select-model"],
  },
  network: {
    says: "Bedrock could not be reached",
    retry: { most: 3, baseMs: 1_000 },
    actions: ["retry", "open-settings"],
  },
  truncated_stream: {
    says: "The connection ended before the answer was complete",
    retry: { most: 2, baseMs: 500 },
    actions: ["retry"],
  },
  empty_stream: {
    says: "Bedrock sent an empty answer",
    retry: { most: 2, baseMs: 500 },
    actions: ["retry", "select-model"],
  },
  timeout_first_byte: {
    says: "No answer began in time",
    retry: { most: 1, baseMs: 500 },
    actions: ["retry", "select-model"],
  },
  timeout_idle: { says: "The answer stalled", retry: { most: 1, baseMs: 500 }, actions: ["retry"] },
  protocol: {
    says: "The endpoint did not answer with a Bedrock event stream",
    retry: never,
    actions: ["open-settings", "show-log"],
  },
  context_overflow: { says: "The conversation is too long for the model", retry: never, actions: ["select-model"] },
  feature_unsupported: {
    says: "The model does not support part of the request",
    retry: never,
    actions: ["select-model"],
  },
  validation: { says: "Bedrock refused the request", retry: never, actions: ["select-model", "show-log"] },
  auth: { says: "AWS did not accept the credentials", retry: never, actions: ["open-settings", "retry"] },
  credentials: {
    says: "No AWS credentials could be loaded",
    retry: never,
    actions: ["open-settings", "retry", "try-demo"],
  },
  access_denied: { says: "AWS denied access to the model", retry: never, actions: ["select-model", "open-settings"] },
  not_found: { says: "Bedrock does not know the model here", retry: never, actions: ["select-model", "open-settings"] },
  quota: { says: "A quota of the account is used up", retry: never, actions: ["select-model", "retry"] },
  proxy_auth: {
    says: "The proxy asks for a sign-in (see http.proxy in the settings)",
    retry: never,
    actions: ["open-settings", "retry"],
  },
  gateway: { says: "The gateway refused the request", retry: never, actions: ["open-settings", "retry"] },
  tls: { says: "The certificate of the endpoint is not trusted", retry: never, actions: ["open-settings", "retry"] },
  configuration: { says: "A setting is missing or wrong", retry: never, actions: ["open-settings"] },
  unknown: { says: "The model call failed", retry: never, actions: ["retry", "show-log"] },
};

/** Turns whatever a call threw into what the user reads and the loop retries by. */
export function classifyError(error: unknown, place: CallPlace): ModelError {
  if (isModelError(error)) return error;
  const facts = readErrorFacts(error);
  return toModelError(kindOf(facts, place), place, facts.message, facts, error);
}

/** A stream that ended without `messageStop`; the SDK says nothing about it. */
export function endedEarly(events: number, place: CallPlace): ModelError {
  const detail = `The stream ended after ${events} events, without messageStop.`;
  return toModelError(events === 0 ? "empty_stream" : "truncated_stream", place, detail);
}

export function timedOut(phase: WatchedPhase, place: CallPlace): ModelError {
  const kind = phase === "first-byte" ? "timeout_first_byte" : "timeout_idle";
  return toModelError(kind, place, "The connection was closed by Outcrop.");
}

function toModelError(
  kind: ErrorKind,
  place: CallPlace,
  detail: string,
  facts?: ErrorFacts,
  cause?: unknown,
): ModelError {
  const { says, retry, actions } = treatments[kind];
  const requestId = facts?.requestId ?? place.requestId;
  const where = [place.modelId, place.endpoint ?? place.region].filter((part) => part !== undefined).join(", ");
  const advice = facts?.retryAfterMs === undefined ? retry : { ...retry, afterMs: facts.retryAfterMs };
  return new ModelError(
    { kind, message: `${says} (${where}).`, detail, ...(requestId !== undefined && { requestId }), actions },
    advice,
    cause,
  );
}

const byName: Readonly<Record<string, ErrorKind>> = {
  ThrottlingException: "throttled",
  TooManyRequestsException: "throttled",
  ModelNotReadyException: "throttled",
  InternalServerException: "server",
  ServiceUnavailableException: "server",
  ModelTimeoutException: "model_timeout",
  ModelErrorException: "model_error",
  ModelStreamErrorException: "model_error",
  ExpiredTokenException: "auth",
  UnrecognizedClientException: "auth",
  InvalidSignatureException: "auth",
  MissingAuthenticationTokenException: "auth",
  CredentialsProviderError: "credentials",
  TokenProviderError: "credentials",
  AccessDeniedException: "access_denied",
  ResourceNotFoundException: "not_found",
  ServiceQuotaExceededException: "quota",
};

const byCode: Readonly<Record<string, ErrorKind>> = {
  ECONNREFUSED: "network",
  ECONNRESET: "network",
  ENOTFOUND: "network",
  EAI_AGAIN: "network",
  ENETUNREACH: "network",
  EHOSTUNREACH: "network",
  ETIMEDOUT: "network",
  EPIPE: "network",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls",
  SELF_SIGNED_CERT_IN_CHAIN: "tls",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls",
  CERT_HAS_EXPIRED: "tls",
  ERR_TLS_CERT_ALTNAME_INVALID: "tls",
};

const overflow =
  /input is too long|exceed context limit|too many total text bytes|prompt is too long|maximum context length is/i;
const notAStream = /truncated event message|message checksum|unexpected token|is not valid json|HPE_/i;

/** By exception name, then status, then code, then text. Throttling is settled before overflow is looked for. */
function kindOf(facts: ErrorFacts, place: CallPlace): ErrorKind {
  // Comes as a ModelErrorException, a ModelStreamErrorException or a ValidationException.
  if (/invalid sequence as part of ToolUse/i.test(facts.message)) return "malformed_tool_use";
  const named = byName[facts.name];
  if (named !== undefined) return named;
  if (/region is missing/i.test(facts.message)) return "configuration";
  if (facts.status !== undefined && facts.status >= 400) return kindOfStatus(facts.status, facts, place);
  if (facts.name === "ValidationException") return kindOfValidation(facts.message);
  const coded = byCode[facts.code ?? ""];
  if (coded !== undefined) return coded;
  if (facts.name === "TimeoutError") return /inactivity/.test(facts.message) ? "timeout_idle" : "network";
  if (notAStream.test(facts.message) || facts.code?.startsWith("HPE_")) return "protocol";
  return "unknown";
}

function kindOfStatus(status: number, facts: ErrorFacts, place: CallPlace): ErrorKind {
  if (status === 429) return "throttled";
  if (status === 407) return "proxy_auth";
  if (status === 408) return "model_timeout";
  if (status === 424) return "model_error";
  if (status >= 500) return "server";
  if (facts.name === "ValidationException") return kindOfValidation(facts.message);
  // Models with an OpenAI-style server behind them name no exception.
  if (overflow.test(facts.message)) return "context_overflow";
  if (place.endpoint !== undefined) return "gateway";
  if (status === 401 || status === 403) return "access_denied";
  return status === 404 ? "not_found" : "validation";
}

function kindOfValidation(message: string): ErrorKind {
  if (overflow.test(message)) return "context_overflow";
  return /doesn.t support|unsupported|is not permitted/i.test(message) ? "feature_unsupported" : "validation";
}
