import type { Lesson } from "../agent/model.ts";
import { t, text } from "../protocol/localize.ts";
import type { ErrorKind } from "../protocol/turn-error.ts";
import type { ErrorCase } from "./error-case.ts";
import { never, onceAtOnce } from "./error-treatments.ts";
import { networkCases } from "./network/gateway-refusals.ts";

const refused: readonly ErrorKind[] = ["validation", "access_denied", "not_found", "gateway"];
const unreachable: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
]);
const broken: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE"]);

function said(text: RegExp): ErrorCase["when"] {
  return ({ message }) => text.test(message);
}

function readRefusedPlace(text: string): Lesson {
  const [, message, block] = /messages\.(\d+)(?:\.content\.(\d+))?/u.exec(text) ?? [];
  if (message === undefined) return {};
  return { refusedAt: { message: Number(message), ...(block !== undefined && { block: Number(block) }) } };
}

/** The first that fits holds. */
export const errorCases: readonly ErrorCase[] = [
  ...networkCases,
  // Comes as a ModelErrorException, a ModelStreamErrorException or a ValidationException.
  { when: said(/invalid sequence as part of ToolUse/iu), kind: "malformed_tool_use" },
  {
    of: ["throttled"],
    when: said(/tokens per day|daily/iu),
    kind: "quota",
    says: text("The account's tokens per day for this model are used up"),
  },
  {
    of: ["throttled"],
    when: said(/too many tokens/iu),
    says: text("Throttled by Bedrock: too many tokens per minute"),
  },
  {
    of: ["auth"],
    when: ({ clockSkewCorrected }) => clockSkewCorrected,
    says: text("This computer's clock differs from that of AWS"),
    retry: onceAtOnce,
  },
  { of: ["access_denied"], when: ({ clockSkewCorrected }) => clockSkewCorrected, retry: onceAtOnce },
  {
    of: ["access_denied", "auth"],
    when: said(/api key is valid|bearer token (?:has expired|is invalid)/iu),
    kind: "auth",
    says: text("Bedrock did not accept the API key: it is wrong or has expired"),
  },
  {
    of: ["auth"],
    when: ({ name }) => /^(?:Expired|UnrecognizedClient|InvalidClientToken)/u.test(name),
    says: text("The AWS credentials have expired or are not known to AWS: sign in again"),
    retry: onceAtOnce,
  },
  {
    // The second is what the portal says of a token that was revoked before its time.
    of: ["credentials"],
    when: said(/aws sso login|sso session|session token not found or invalid/iu),
    says: ({ message }) => {
      const profile = /profile[= ]"?([\w.@+-]+)/iu.exec(message)?.[1];
      return profile === undefined || profile === "has"
        ? t("The IAM Identity Center session has ended: sign in again")
        : t("The IAM Identity Center session of the profile {0} has ended: sign in again", profile);
    },
  },
  {
    of: ["credentials"],
    when: said(/multi-factor/iu),
    says: text(
      "The profile needs a multi-factor code, which cannot be asked for here: sign in outside and use that session",
    ),
    retry: never,
  },
  {
    when: said(/MultiFactorAuthentication failed|at 'tokenCode' failed/iu),
    kind: "credentials",
    says: text("AWS did not accept the multi-factor code"),
    retry: never,
    actions: ["retry", "sign-in"],
  },
  {
    when: said(/perform: sts:AssumeRole/iu),
    kind: "credentials",
    says: text("The role of the AWS profile may not be assumed with its source's credentials"),
    retry: never,
  },
  {
    of: ["credentials"],
    when: said(/^Command failed:|credential_process/iu),
    says: text("The credential_process of the AWS profile failed"),
    retry: never,
  },
  {
    of: ["credentials"],
    when: said(/using profile: \[/iu),
    says: ({ message }) =>
      t("The AWS profile {0} was not found or has no credentials", /\[(.*?)\]/u.exec(message)?.[1] ?? ""),
    retry: never,
  },
  {
    of: refused,
    when: said(/guardrail/iu),
    says: text(
      "The guardrail in outcrop.guardrail is not there, or not for these credentials (bedrock:ApplyGuardrail): select another",
    ),
    actions: ["open-settings", "retry"],
  },
  {
    of: refused,
    when: said(/on-demand throughput (?:isn.t|is not) supported/iu),
    says: text("This model answers only through an inference profile: select one"),
    actions: ["select-model", "retry"],
  },
  {
    of: refused,
    when: said(/use case details/iu),
    kind: "access_denied",
    says: text(
      "The use case form for Anthropic's models was not submitted for this AWS account (Bedrock console, Model access)",
    ),
  },
  {
    of: refused,
    when: said(/end of (?:its )?life|marked by provider as legacy|has been deprecated/iu),
    kind: "not_found",
    says: text("This model has reached the end of its life: select another"),
    actions: ["select-model", "retry"],
  },
  { of: ["validation"], when: said(/model identifier is invalid/iu), kind: "not_found" },
  {
    of: ["configuration"],
    when: said(/region is missing/iu),
    says: text("No AWS region is set: set outcrop.region, AWS_REGION or the profile's region"),
  },
  {
    of: ["network"],
    when: ({ code = "" }) => unreachable.has(code),
    says: ({ code }) =>
      t("Bedrock could not be reached ({0}): check the connection, the endpoint and http.proxy", code ?? ""),
    retry: { most: 2, baseMs: 1_000 },
  },
  {
    of: ["network"],
    when: ({ code = "" }) => broken.has(code),
    says: text("The connection broke"),
    retry: { most: 3, baseMs: 1_000, silentFirst: true },
  },
  {
    of: ["validation", "gateway"],
    when: said(/doesn.t support tool use/iu),
    kind: "feature_unsupported",
    says: text("The model does not take tools"),
  },
  {
    of: ["validation", "gateway"],
    when: said(/doesn.t support|unsupported|is not permitted/iu),
    kind: "feature_unsupported",
  },
  {
    of: ["validation", "gateway"],
    when: said(/messages\.\d+/u),
    says: ({ message }) => t("Bedrock refused the request at {0}", /messages\.\d+(?:\.\w+)*/u.exec(message)?.[0] ?? ""),
    lesson: ({ message }) => readRefusedPlace(message),
  },
];
