import { isModelError, type Lesson, ModelError, type RetryAdvice, type Stall } from "../agent/model.ts";
import type { SilentPhase } from "../protocol/chat-event.ts";
import { t, text } from "../protocol/localize.ts";
import type { ErrorAction, ErrorKind } from "../protocol/turn-error.ts";
import { isAwsEndpoint, isDemoEndpoint } from "./bedrock-settings.ts";
import { errorCases } from "./error-cases.ts";
import { type ErrorFacts, readErrorFacts } from "./error-facts.ts";
import { kindOf } from "./error-kind.ts";
import { type Treatment, treatments } from "./error-treatments.ts";
import { readFeature } from "./feature-texts.ts";
import { healingOf, refusalOf } from "./feature-words.ts";
import { describeRefusal } from "./network/gateway-refusals.ts";
import { redact } from "./redact.ts";
import { isOverflow, readTokenLimits } from "./token-limits.ts";

/** Where a call went and how far it came, for the sentence that the user reads and for the log. */
export interface CallPlace {
  readonly modelId: string;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  readonly requestId: string | undefined;
  /** Stream events before the error; 0 where left out. */
  readonly events?: number;
  /** The name of the last of them. */
  readonly lastEvent?: string | undefined;
  readonly elapsedMs?: number;
  /** Texts that must not be shown, as `secretsOf` names them. */
  readonly secrets?: readonly string[];
}

interface Verdict extends Treatment {
  readonly kind: ErrorKind;
  readonly lesson?: Lesson;
}

/** Turns whatever a call threw into what the user reads and the loop retries by. */
export function classifyError(error: unknown, place: CallPlace): ModelError {
  if (isModelError(error)) return error;
  const facts = readErrorFacts(error, place.secrets);
  return toModelError(judge(facts, place), place, facts.message, facts, error);
}

/** A stream that ended without `messageStop`; the SDK says nothing about it. */
export function endedEarly(events: number, place: CallPlace): ModelError {
  const detail = `The stream ended after ${events} events, without messageStop.`;
  const kind = events === 0 ? "empty_stream" : "truncated_stream";
  return toModelError(verdict(kind), { ...place, events }, detail);
}

const stalled: Readonly<Record<SilentPhase, string>> = {
  "first-byte": text("No answer began in time"),
  thinking: text("The answer stalled while the model was thinking"),
  text: text("The answer stalled"),
  "tool-input": text("The answer stalled in a tool call"),
};

/** What a silence of this phase becomes when the watchdog ends it. */
export function stallOf(phase: SilentPhase): Stall {
  const kind = phase === "first-byte" ? "timeout_first_byte" : "timeout_idle";
  return { kind, most: treatments[kind].retry.most };
}

/** Our own watchdog has ended the call after `limitMs` of silence. */
export function timedOut(phase: SilentPhase, limitMs: number, place: CallPlace): ModelError {
  const { kind } = stallOf(phase);
  const detail = `Nothing came for ${limitMs / 1_000} s; Outcrop closed the connection.`;
  return toModelError(verdict(kind, { says: t(stalled[phase]) }), place, detail);
}

/** Throttling is settled before overflow and features are looked for; the kind's own words come last. */
function judge(facts: ErrorFacts, place: CallPlace): Verdict {
  const isGateway = !isAwsEndpoint(place.endpoint) && !isDemoEndpoint(place.endpoint);
  const kind = kindOf(facts, isGateway);
  const { message } = facts;
  if (kind !== "throttled" && kind !== "quota" && isOverflow(message)) {
    return { ...verdict("context_overflow"), lesson: readTokenLimits(message) };
  }
  const feature = judgeFeature(kind, facts);
  if (feature !== undefined) return feature;
  const found = errorCases.find(({ of, when }) => (of === undefined || of.includes(kind)) && when(facts));
  if (found !== undefined) {
    const { says, lesson, kind: own = kind } = found;
    const judged = verdict(own, { ...found, says: typeof says === "function" ? says(facts) : says && t(says) });
    return lesson === undefined ? judged : { ...judged, lesson: lesson(facts) };
  }
  if (kind === "protocol" && (place.events ?? 0) > 0)
    return verdict(kind, { ...brokenStream, says: t(brokenStream.says) });
  return isGateway || facts.name === "ForeignAnswer" ? judgeForeign(kind, facts, isGateway) : verdict(kind);
}

/** A stream that began well has a right endpoint. */
const brokenStream = { says: text("The stream arrived damaged"), retry: { most: 1, baseMs: 500 } } as const;

function judgeFeature(kind: ErrorKind, { message, status }: ErrorFacts): Verdict | undefined {
  if (kind !== "validation" && kind !== "access_denied" && kind !== "gateway") return undefined;
  const feature = readFeature(message, kind === "access_denied" || status === 403);
  if (feature === undefined) return undefined;
  const limits = readTokenLimits(message);
  const lesson = { feature, ...limits, healed: healingOf(feature, limits) };
  const actions: VerdictParts["actions"] | undefined =
    feature === "maxTokens" ? ["lower-max-tokens", "retry", "select-model"] : undefined;
  const own = { says: refusalOf(feature), retry: { most: 1, baseMs: 0 }, ...(actions && { actions }) };
  return { ...verdict("feature_unsupported", own), lesson };
}

/** Something other than Bedrock may have answered: a gateway, or a proxy on the way to AWS. */
function judgeForeign(kind: ErrorKind, facts: ErrorFacts, isGateway: boolean): Verdict {
  const { status, gateway, name } = facts;
  const who = gateway ?? (isGateway ? t("The gateway") : t("A proxy in Bedrock's place"));
  if (kind === "gateway")
    return verdict(kind, {
      says: isGateway ? describeRefusal(who, facts) : t("{0} refused the request with status {1}", who, status ?? ""),
    });
  const isItsOwn = name === "Unknown" || name === "ForeignAnswer" || name === "SyntaxError";
  if (kind === "server" && isItsOwn)
    return verdict(kind, { says: t("{0} answered with status {1}", who, status ?? "") });
  return verdict(kind);
}

function verdict(kind: ErrorKind, own: Partial<VerdictParts> = {}): Verdict {
  const { says, retry, actions } = treatments[kind];
  return { kind, says: own.says ?? t(says), retry: own.retry ?? retry, actions: own.actions ?? actions };
}

interface VerdictParts {
  readonly says: string | undefined;
  readonly retry: RetryAdvice;
  readonly actions: readonly ErrorAction[];
}

function toModelError(
  { kind, says, retry, actions, lesson }: Verdict,
  place: CallPlace,
  detail: string,
  facts?: ErrorFacts,
  cause?: unknown,
): ModelError {
  const requestId = facts?.requestId ?? place.requestId;
  const endpoint = place.endpoint === undefined ? undefined : redact(place.endpoint);
  const waits = retry.most > 0 && facts?.retryAfterMs !== undefined;
  return new ModelError(
    {
      kind,
      message: `${says} (${nameOf(place)})${kind === "unknown" ? beginningOf(detail) : "."}`,
      detail,
      ...(requestId !== undefined && { requestId }),
      ...(facts?.status !== undefined && { httpStatus: facts.status }),
      ...(place.elapsedMs !== undefined && { elapsedMs: place.elapsedMs }),
      ...(endpoint !== undefined && !isDemoEndpoint(endpoint) && { endpoint }),
      actions,
    },
    waits ? { ...retry, afterMs: facts.retryAfterMs } : retry,
    cause,
    {
      ...(lesson !== undefined && { lesson }),
      record: {
        kind,
        modelId: place.modelId,
        region: place.region,
        endpoint,
        httpStatus: facts?.status,
        requestId: requestId ?? "none: stream error",
        elapsedMs: place.elapsedMs ?? 0,
        events: place.events ?? 0,
        lastEvent: place.lastEvent,
      },
    },
  );
}

/** The model, the host of an endpoint that is not the region's own, and the region. */
function nameOf({ modelId, region, endpoint }: CallPlace): string {
  if (isDemoEndpoint(endpoint)) return t("demo model");
  return [modelId, endpoint === undefined ? undefined : hostOf(endpoint), region]
    .filter((part) => part !== undefined && part !== "")
    .join(", ");
}

function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : redact(endpoint);
}

/** Most characters of a text that nobody knows in the sentence; the details have it whole. */
const longestBeginning = 300;

function beginningOf(detail: string): string {
  const text = detail.replace(/\s+/gu, " ").trim();
  if (text === "") return ".";
  return `: ${text.length > longestBeginning ? `${text.slice(0, longestBeginning)}…` : text}`;
}
