import type { ErrorKind } from "../protocol/turn-error.ts";
import type { ErrorFacts } from "./error-facts.ts";

const byName: ReadonlyMap<string, ErrorKind> = new Map([
  ["ThrottlingException", "throttled"],
  ["TooManyRequestsException", "throttled"],
  ["ModelNotReadyException", "throttled"],
  ["InternalServerException", "server"],
  ["InternalFailure", "server"],
  ["ServiceUnavailableException", "server"],
  ["ModelTimeoutException", "model_timeout"],
  ["ModelErrorException", "model_error"],
  ["ModelStreamErrorException", "model_error"],
  ["ExpiredTokenException", "auth"],
  ["ExpiredToken", "auth"],
  ["UnrecognizedClientException", "auth"],
  ["InvalidClientTokenId", "auth"],
  ["InvalidIdentityToken", "auth"],
  ["InvalidSignatureException", "auth"],
  ["SignatureDoesNotMatch", "auth"],
  ["IncompleteSignatureException", "auth"],
  ["IncompleteSignature", "auth"],
  ["RequestExpired", "auth"],
  ["MissingAuthenticationTokenException", "auth"],
  ["CredentialsProviderError", "credentials"],
  ["TokenProviderError", "credentials"],
  ["AccessDeniedException", "access_denied"],
  ["ResourceNotFoundException", "not_found"],
  ["ServiceQuotaExceededException", "quota"],
  ["ValidationException", "validation"],
]);

const byStatus: ReadonlyMap<number, ErrorKind> = new Map([
  [407, "proxy_auth"],
  [408, "model_timeout"],
  [424, "model_error"],
  [429, "throttled"],
]);

const byCode: ReadonlyMap<string, ErrorKind> = new Map([
  ["ECONNREFUSED", "network"],
  ["ECONNRESET", "network"],
  ["ENOTFOUND", "network"],
  ["EAI_AGAIN", "network"],
  ["ENETUNREACH", "network"],
  ["EHOSTUNREACH", "network"],
  ["ETIMEDOUT", "network"],
  ["EPIPE", "network"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "tls"],
  ["UNABLE_TO_GET_ISSUER_CERT", "tls"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "tls"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls"],
  ["CERT_HAS_EXPIRED", "tls"],
  ["CERT_NOT_YET_VALID", "tls"],
  ["CERT_UNTRUSTED", "tls"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"],
]);

const byText: readonly (readonly [text: RegExp, kind: ErrorKind])[] = [
  [/region is missing/iu, "configuration"],
  [/self[- ]signed certificate|unable to (?:get|verify) .*certificate/iu, "tls"],
  [/truncated event message|message checksum|unexpected token|is not valid json|unexpected end of json/iu, "protocol"],
];

/** By exception name, then status, then code, then text, in this order. `isGateway`: the endpoint is not AWS's own. */
export function kindOf(facts: ErrorFacts, isGateway: boolean): ErrorKind {
  const { name, status, code = "", message } = facts;
  const named = byName.get(name);
  if (named !== undefined) return named;
  if (status !== undefined && status >= 400) return kindOfStatus(status, isGateway || name === "ForeignAnswer");
  if (name === "ForeignAnswer" || code.startsWith("HPE_")) return "protocol";
  const coded = byCode.get(code);
  if (coded !== undefined) return coded;
  if (name === "TimeoutError") return /inactivity/u.test(message) ? "timeout_idle" : "network";
  return byText.find(([text]) => text.test(message))?.[1] ?? "unknown";
}

function kindOfStatus(status: number, isGateway: boolean): ErrorKind {
  const known = byStatus.get(status);
  if (known !== undefined) return known;
  if (status >= 500) return "server";
  if (isGateway) return "gateway";
  if (status === 401 || status === 403) return "access_denied";
  return status === 404 ? "not_found" : "validation";
}
