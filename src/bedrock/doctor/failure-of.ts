import type { ModelError } from "../../agent/model.ts";
import type { ErrorAction, ErrorKind } from "../../protocol/turn-error.ts";
import { classifyError } from "../classify-error.ts";
import type { CheckResult } from "./check.ts";
import type { DoctorContext } from "./doctor-context.ts";

/** What helps, by the kind of failure; the setting in it is named as the user knows it. */
const fixes: Readonly<Record<ErrorKind, string>> = {
  throttled: "Wait a minute, or select a model or region with a higher quota.",
  server: "Wait and try again, or select another model.",
  model_error: "Try again, or select another model.",
  model_timeout: "Try again, or select another model.",
  malformed_tool_use: "Select a model that is better at tools.",
  network: "Check the connection, the endpoint's address and port, and the proxy.",
  truncated_stream: "Try again; if it happens again, a proxy or gateway on the way cuts answers off.",
  empty_stream: "Try again; if it happens again, a proxy or gateway on the way drops the answer.",
  timeout_first_byte: "Try again, or select another model.",
  timeout_idle: "Try again; if it happens again, a proxy or gateway on the way holds the stream back.",
  protocol: "Set the endpoint to one that speaks the Bedrock API, or sign in to the network that shows its page.",
  context_overflow: "Select a model with a larger context window.",
  feature_unsupported: "Select a model that supports it.",
  validation: "Select another model, or check what the gateway makes of the request.",
  auth: "Sign in again, or renew the keys.",
  credentials: "Sign in to AWS, or set a profile or keys.",
  access_denied: "Ask your administrator for the permission, or select a model that you may use.",
  not_found: "Select a model of this region, or set the region in which it is.",
  quota: "Ask for a higher quota, or select another model.",
  proxy_auth: "Put user and password into the proxy's URL, or sign in to it.",
  gateway: "Check the gateway's address, path and sign-in.",
  tls: "Install the root certificate of your organisation on this computer, name its PEM file in outcrop.caBundle or AWS_CA_BUNDLE, or correct the endpoint.",
  configuration: "Correct the setting.",
  unknown: "Read what was said below.",
};

/** Actions that help outside a chat. */
const useful: ReadonlySet<ErrorAction> = new Set(["sign-in", "select-model", "open-settings"]);

/** A failure as a line of the report, whatever was thrown. */
export function failureOf(
  error: unknown,
  { settings, secrets, parts }: DoctorContext,
): CheckResult & { state: "fail" } {
  const { modelId, region, endpoint } = settings;
  const failure = classifyError(error, { modelId, region, endpoint, requestId: undefined, secrets });
  return failureLine(failure, parts);
}

function failureLine(failure: ModelError, { nameOf }: DoctorContext["parts"]): CheckResult & { state: "fail" } {
  const { detail, httpStatus, requestId, actions } = failure.error;
  const said = [
    detail ?? "",
    httpStatus === undefined ? "" : `HTTP status ${httpStatus}`,
    requestId === undefined ? "" : `Request id ${requestId}`,
  ];
  return {
    state: "fail",
    what: sentenceOf(failure),
    fix: fixes[failure.kind].replace("outcrop.caBundle", nameOf("caBundle")),
    actions: actions.filter((action) => useful.has(action)),
    details: said.filter((line) => line !== ""),
  };
}

/** Without the place, which the report's head names: "… (model, region)." */
export function sentenceOf({ error: { message }, record }: ModelError): string {
  const start = record === undefined ? -1 : message.indexOf(` (${record.modelId}`);
  const end = start === -1 ? -1 : message.indexOf(")", start);
  return end === -1 ? message : message.slice(0, start) + message.slice(end + 1);
}
