import { t, text } from "../../protocol/localize.ts";
import type { ErrorCase } from "../error-case.ts";
import type { ErrorFacts } from "../error-facts.ts";

/** What a gateway's refusal means, by its status and words. Who it is comes first in the sentence; the status is named. */
const refusals: readonly { readonly status: number; readonly text?: RegExp; readonly says: string }[] = [
  {
    status: 400,
    text: /plain HTTP request was sent to HTTPS port/iu,
    says: text("its address must begin with https://"),
  },
  { status: 401, says: text("check outcrop.requestHeaders and outcrop.authentication") },
  { status: 403, says: text("check outcrop.requestHeaders and outcrop.authentication") },
  { status: 404, text: /no route matched/iu, says: text("it has no route for the path of outcrop.endpoint") },
  { status: 404, says: text("there is nothing at the path of outcrop.endpoint") },
  { status: 405, says: text("it does not take POST at the path of outcrop.endpoint") },
  { status: 413, says: text("the request is larger than it lets through (nginx: client_max_body_size)") },
];

/** The sentence for a gateway that refused. */
export function describeRefusal(who: string, { status, message }: ErrorFacts): string {
  const found = refusals.find((row) => row.status === status && (row.text?.test(message) ?? true));
  return found === undefined
    ? t("{0} refused the request with status {1}", who, status ?? "")
    : t("{0} refused the request with status {1}: {2}", who, status ?? "", t(found.says));
}

function said(text: RegExp): ErrorCase["when"] {
  return ({ message }) => text.test(message);
}

/** Ways in which the way to a model can be wrong, before and behind the answer's head. */
export const networkCases: readonly ErrorCase[] = [
  {
    when: ({ location, status = 0 }) => location !== undefined && status >= 300 && status < 400,
    kind: "gateway",
    says: ({ location }) =>
      t(
        "The endpoint redirects to {0}, which is not followed: set outcrop.endpoint to the address that answers, or sign in to your proxy",
        location ?? "",
      ),
  },
  {
    of: ["gateway", "validation"],
    when: said(/cannot use own model/iu),
    kind: "gateway",
    says: ({ message }) => {
      const model = /must be:?\s*([\w.:/-]+)/iu.exec(message)?.[1];
      return model === undefined
        ? t(
            "The gateway takes no other model than its own: set outcrop.model to it, or leave it empty and turn on outcrop.gatewayDecidesModel",
          )
        : t(
            "The gateway takes no other model than its own: set outcrop.model to {0}, or leave it empty and turn on outcrop.gatewayDecidesModel",
            model,
          );
    },
    actions: ["open-settings", "select-model", "retry"],
  },
  {
    of: ["gateway", "validation"],
    when: said(/model parameter not found in request/iu),
    kind: "gateway",
    says: text("The gateway names no model itself: set outcrop.model, and turn off outcrop.gatewayDecidesModel"),
    actions: ["select-model", "open-settings", "retry"],
  },
  {
    of: ["gateway", "validation"],
    when: said(/content-type header does not match request body/iu),
    kind: "gateway",
    says: text("The gateway did not read the whole request: raise max_request_body_size of its AI plugin"),
  },
  {
    of: ["gateway", "validation"],
    when: said(/response streaming is not enabled/iu),
    kind: "gateway",
    says: text("The gateway does not let answers stream: set response_streaming to allow"),
  },
  {
    of: ["protocol"],
    when: said(/^text\/event-stream/u),
    says: text(
      "The endpoint answered with server-sent events, not with a Bedrock event stream: set llm_format to bedrock in the gateway",
    ),
  },
  {
    of: ["protocol"],
    when: said(/^application\/json: \{"(?:output|metrics|usage|stopReason)":/u),
    says: text(
      "The endpoint answered as a whole where a stream was asked for: let the gateway stream (Kong: response_streaming allow)",
    ),
  },
  {
    of: ["protocol"],
    when: said(/^application\/json/u),
    says: text(
      "The endpoint answered with JSON, not with a Bedrock event stream: set llm_format to bedrock in the gateway, and check the path of outcrop.endpoint",
    ),
  },
  {
    of: ["protocol"],
    when: said(/^(?:text\/html|application\/xhtml)/u),
    says: text(
      "The endpoint answered with a web page, not with a Bedrock event stream: a sign-in page, or a wrong address in outcrop.endpoint",
    ),
  },
  {
    when: said(/wrong version number|packet length too long/iu),
    kind: "tls",
    says: text("The endpoint does not speak TLS at this port: its address may have to begin with http://"),
  },
  {
    when: ({ code }) => code === "EPROTO",
    kind: "tls",
    says: text("The endpoint and this computer found no way to speak TLS with each other"),
  },
  {
    of: ["tls"],
    when: ({ code }) => code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID",
    says: text(
      "The certificate of the endpoint is not valid at this time: it has expired, or this computer's clock is wrong",
    ),
  },
  {
    of: ["tls"],
    when: ({ code }) => code === "ERR_TLS_CERT_ALTNAME_INVALID",
    says: text("The certificate of the endpoint is for another host: check the address in outcrop.endpoint"),
  },
  {
    when: said(/failed to establish a socket connection to proxies/iu),
    kind: "network",
    says: text("The proxy could not be reached: check http.proxy in the settings"),
    retry: { most: 2, baseMs: 1_000 },
  },
];
