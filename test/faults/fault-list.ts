import type { RawEvent, Reply } from "../../src/emulator/script-schema.ts";

type EmulatorFault = NonNullable<Reply["fault"]>;

/**
 * What a single strike of a fault must lead to: an answer after a retry, an end that says why, or either of them. What
 * is no event stream at all may be a wrong endpoint, so only a stream that had begun as one must recover.
 */
export type Expectation = "recovers" | "recovers once begun" | "ends" | "either";

/**
 * Where in an answer a fault can lie. `head`: before the response's head. `frame`: before any frame. `body`: the body
 * as a whole is wrong. `tail`: only the end is missing.
 */
type Place = "head" | "frame" | "body" | "tail";

export interface FaultKind {
  readonly name: string;
  readonly place: Place;
  readonly once: Expectation;
  /** `afterEvents` frames are sent before the fault; of no account where the place has no frames. */
  readonly make: (afterEvents: number) => EmulatorFault;
  /** Instead of `make`: frames in the place of all that comes after `afterEvents`, the connection stays open behind them. */
  readonly lingers?: readonly RawEvent[];
  /** The answer arrives whole all the same. */
  readonly harmless?: true;
  /** The user presses Stop while the fault keeps the answer waiting. */
  readonly stops?: true;
}

const httpError = (name: string, once: Expectation, fault: Omit<EmulatorFault & { kind: "http-error" }, "kind">) =>
  ({ name, place: "head", once, make: () => ({ kind: "http-error", ...fault }) }) satisfies FaultKind;

const exception = (type: string, once: Expectation, extra: { readonly body?: string } = {}) =>
  ({
    name: `exception ${type}${extra.body === undefined ? "" : `, body ${JSON.stringify(extra.body)}`}`,
    place: "frame",
    once,
    make: (afterEvents) => ({ kind: "exception", type, message: "It broke.", ...extra, afterEvents }),
  }) satisfies FaultKind;

const inFrames = (name: string, make: FaultKind["make"]): FaultKind => ({
  name,
  place: "frame",
  once: "recovers",
  make,
});

const wrongBody = (body: "json" | "sse" | "html"): FaultKind => {
  return { name: `${body} for a stream`, place: "body", once: "either", make: () => ({ kind: "wrong-body", body }) };
};

const throttlingFrame: RawEvent = { exception: "throttlingException", payload: { message: "It broke." } };

/** Every kind of fault that the emulator's script knows, and the user's Stop in a silence. */
export const faultKinds: readonly FaultKind[] = [
  httpError("429", "recovers", { status: 429, type: "ThrottlingException" }),
  httpError("429 with Retry-After", "recovers", { status: 429, headers: { "retry-after": "1" } }),
  httpError("500", "recovers", { status: 500 }),
  httpError("503", "recovers", { status: 503 }),
  httpError("529", "recovers", { status: 529, type: "OverloadedException" }),
  httpError("502 page of a proxy", "recovers", { status: 502, shape: "html" }),
  httpError("504 of a gateway", "recovers", { status: 504, shape: "gateway" }),
  httpError("408 model time-out", "recovers", { status: 408 }),
  httpError("424 model error", "recovers", { status: 424 }),
  httpError("400 validation", "ends", { status: 400, message: "The field x is not valid." }),
  httpError("401 of a gateway", "ends", { status: 401, shape: "gateway" }),
  httpError("403 access denied", "ends", { status: 403 }),
  httpError("403 expired token", "either", { status: 403, type: "ExpiredTokenException" }),
  httpError("404 unknown model", "ends", { status: 404 }),
  httpError("407 page of a proxy", "ends", { status: 407, shape: "html" }),
  {
    name: "reset without a head",
    place: "head",
    once: "recovers",
    make: () => ({ kind: "reset", beforeHeaders: true }),
  },
  {
    name: "stall without a head",
    place: "head",
    once: "recovers",
    make: () => ({ kind: "stall", beforeHeaders: true }),
  },
  { name: "pause without a head", place: "head", once: "recovers", harmless: true, make: pauseBeforeHead },
  {
    name: "Stop without a head",
    place: "head",
    once: "ends",
    stops: true,
    make: () => ({ kind: "stall", beforeHeaders: true }),
  },
  exception("throttlingException", "recovers"),
  exception("internalServerException", "recovers"),
  exception("serviceUnavailableException", "recovers"),
  exception("modelStreamErrorException", "recovers"),
  exception("modelTimeoutException", "recovers"),
  exception("validationException", "ends"),
  exception("futureException", "either"),
  exception("throttlingException", "either", { body: "" }),
  exception("internalServerException", "recovers once begun", { body: "<html>" }),
  inFrames("error frame", (afterEvents) => ({ kind: "error-frame", code: "InternalServerException", afterEvents })),
  inFrames("reset", (afterEvents) => ({ kind: "reset", afterEvents })),
  inFrames("FIN", (afterEvents) => ({ kind: "fin", afterEvents })),
  inFrames("FIN inside a frame", (afterEvents) => ({ kind: "fin", afterEvents, midFrame: true })),
  inFrames("early end", (afterEvents) => ({ kind: "truncate", afterEvents })),
  { ...inFrames("early end inside a frame", truncateInFrame), once: "recovers once begun" },
  {
    ...inFrames("wrong checksum", (afterEvents) => ({ kind: "bad-checksum", afterEvents })),
    once: "recovers once begun",
  },
  inFrames("stall", (afterEvents) => ({ kind: "stall", afterEvents })),
  { ...inFrames("pause", (afterEvents) => ({ kind: "stall", afterEvents, forMs: 60 })), harmless: true },
  { ...inFrames("Stop", (afterEvents) => ({ kind: "stall", afterEvents })), once: "ends", stops: true },
  { ...exception("throttlingException", "recovers"), name: "exception, then silence", lingers: [throttlingFrame] },
  { name: "empty body", place: "body", once: "recovers", make: () => ({ kind: "empty-body" }) },
  wrongBody("json"),
  wrongBody("sse"),
  wrongBody("html"),
  { name: "no messageStop", place: "tail", once: "recovers", make: () => ({ kind: "no-message-stop" }) },
  {
    name: "whole, but the connection stays open",
    place: "tail",
    once: "recovers",
    harmless: true,
    make: () => ({ kind: "stall", afterEvents: Number.MAX_SAFE_INTEGER }),
  },
];

function pauseBeforeHead(): EmulatorFault {
  return { kind: "stall", beforeHeaders: true, forMs: 60 };
}

function truncateInFrame(afterEvents: number): EmulatorFault {
  return { kind: "truncate", afterEvents, midFrame: true };
}
