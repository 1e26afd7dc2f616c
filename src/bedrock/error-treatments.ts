import type { RetryAdvice } from "../agent/model.ts";
import { text } from "../protocol/localize.ts";
import type { ErrorAction, ErrorKind } from "../protocol/turn-error.ts";

/** What an error means to the user, and whether sending the request again can help. */
export interface Treatment {
  /** The sentence up to the place, which follows in brackets: "… (model, region)." */
  readonly says: string;
  readonly retry: RetryAdvice;
  readonly actions: readonly ErrorAction[];
}

export const never: RetryAdvice = { most: 0, baseMs: 0 };
/** Something was put right meanwhile; the same request may go through now. */
export const onceAtOnce: RetryAdvice = { most: 1, baseMs: 0, silentFirst: true };

export const treatments: Readonly<Record<ErrorKind, Treatment>> = {
  throttled: {
    says: text("Throttled by Bedrock"),
    retry: { most: 8, baseMs: 2_000 },
    actions: ["retry", "select-model"],
  },
  server: {
    says: text("Bedrock had an internal error"),
    // With the loop's jitter five retries last half a minute at least; an outage is seldom over sooner.
    retry: { most: 8, baseMs: 2_000 },
    actions: ["retry", "select-model"],
  },
  model_error: {
    says: text("The model failed"),
    retry: { most: 2, baseMs: 1_000 },
    actions: ["retry", "select-model"],
  },
  model_timeout: {
    says: text("The model took too long"),
    retry: { most: 2, baseMs: 1_000 },
    actions: ["retry", "select-model"],
  },
  malformed_tool_use: {
    says: text("The model wrote a tool call that cannot be read"),
    retry: { most: 1, baseMs: 500 },
    actions: ["retry", "select-model"],
  },
  network: {
    says: text("Bedrock could not be reached"),
    retry: { most: 3, baseMs: 1_000 },
    actions: ["retry", "open-settings"],
  },
  truncated_stream: {
    says: text("The connection ended before the answer was complete"),
    retry: { most: 2, baseMs: 500, silentFirst: true },
    actions: ["retry"],
  },
  empty_stream: {
    says: text("Bedrock sent an empty answer"),
    retry: { most: 2, baseMs: 500, silentFirst: true },
    actions: ["retry", "select-model"],
  },
  timeout_first_byte: {
    says: text("No answer began in time"),
    retry: { most: 1, baseMs: 500 },
    actions: ["retry", "select-model"],
  },
  timeout_idle: { says: text("The answer stalled"), retry: { most: 1, baseMs: 500 }, actions: ["retry"] },
  protocol: {
    says: text(
      "The endpoint answered, but not with a Bedrock event stream: wrong llm_format of a gateway, or a sign-in page",
    ),
    retry: never,
    actions: ["open-settings", "retry", "show-log"],
  },
  context_overflow: {
    says: text("The conversation is too long for the model"),
    retry: never,
    actions: ["compact", "select-model", "retry"],
  },
  feature_unsupported: {
    says: text("The model does not support part of the request"),
    retry: never,
    actions: ["select-model", "retry"],
  },
  validation: {
    says: text("Bedrock refused the request"),
    retry: never,
    actions: ["select-model", "retry", "show-log"],
  },
  auth: {
    says: text("AWS did not accept the credentials"),
    retry: never,
    actions: ["sign-in", "retry", "open-settings"],
  },
  credentials: {
    says: text("No AWS credentials could be loaded"),
    retry: onceAtOnce,
    actions: ["sign-in", "retry", "open-settings", "try-demo"],
  },
  access_denied: {
    says: text("AWS denied access to the model"),
    retry: never,
    actions: ["retry", "select-model", "open-settings"],
  },
  not_found: {
    says: text("Bedrock does not know the model here"),
    retry: never,
    actions: ["select-model", "retry", "open-settings"],
  },
  quota: { says: text("A quota of the account is used up"), retry: never, actions: ["select-model", "retry"] },
  proxy_auth: {
    says: text("The proxy asks for a sign-in: check http.proxy in the settings"),
    retry: never,
    actions: ["open-settings", "retry"],
  },
  gateway: { says: text("The gateway refused the request"), retry: never, actions: ["open-settings", "retry"] },
  tls: {
    says: text(
      "The certificate of the endpoint is not trusted: install the CA of your proxy or gateway, name its file in outcrop.caBundle, or check http.proxy and http.proxyStrictSSL in the settings",
    ),
    retry: never,
    actions: ["open-settings", "retry"],
  },
  configuration: { says: text("A setting is missing or wrong"), retry: never, actions: ["open-settings", "retry"] },
  unknown: { says: text("The model call failed"), retry: never, actions: ["retry", "show-log"] },
};
