import type { ModelError } from "../../agent/model.ts";
import { t, text } from "../../protocol/localize.ts";
import type { ErrorAction, ErrorKind } from "../../protocol/turn-error.ts";
import { classifyError } from "../classify-error.ts";
import type { CheckResult } from "./check.ts";
import type { DoctorContext } from "./doctor-context.ts";

/** What helps, by the kind of failure; the setting in it is named as the user knows it. */
const fixes: Readonly<Record<ErrorKind, string>> = {
  throttled: text("Wait a minute, or select a model or region with a higher quota."),
  server: text("Wait and try again, or select another model."),
  model_error: text("Try again, or select another model."),
  model_timeout: text("Try again, or select another model."),
  malformed_tool_use: text("Select a model that is better at tools."),
  network: text("Check the connection, the endpoint's address and port, and the proxy."),
  truncated_stream: text("Try again; if it happens again, a proxy or gateway on the way cuts answers off."),
  empty_stream: text("Try again; if it happens again, a proxy or gateway on the way drops the answer."),
  timeout_first_byte: text("Try again, or select another model."),
  timeout_idle: text("Try again; if it happens again, a proxy or gateway on the way holds the stream back."),
  protocol: text("Set the endpoint to one that speaks the Bedrock API, or sign in to the network that shows its page."),
  context_overflow: text("Select a model with a larger context window."),
  feature_unsupported: text("Select a model that supports it."),
  validation: text("Select another model, or check what the gateway makes of the request."),
  auth: text("Sign in again, or renew the keys."),
  credentials: text("Sign in to AWS, or set a profile or keys."),
  access_denied: text("Ask your administrator for the permission, or select a model that you may use."),
  not_found: text("Select a model of this region, or set the region in which it is."),
  quota: text("Ask for a higher quota, or select another model."),
  proxy_auth: text("Put user and password into the proxy's URL, or sign in to it."),
  gateway: text("Check the gateway's address, path and sign-in."),
  tls: text(
    "Install the root certificate of your organisation on this computer, name its PEM file in outcrop.caBundle or AWS_CA_BUNDLE, or correct the endpoint.",
  ),
  configuration: text("Correct the setting."),
  unknown: text("Read what was said below."),
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
    httpStatus === undefined ? "" : t("HTTP status {0}", httpStatus),
    requestId === undefined ? "" : t("Request id {0}", requestId),
  ];
  return {
    state: "fail",
    what: sentenceOf(failure),
    fix: t(fixes[failure.kind]).replace("outcrop.caBundle", nameOf("caBundle")),
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
