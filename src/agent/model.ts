import type { ConverseStreamCommandInput, ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import type { SilentPhase } from "../protocol/chat-event.ts";
import type { ErrorKind, TurnError } from "../protocol/turn-error.ts";
import type { Capabilities, Feature } from "./capabilities.ts";

/** What the loop decides about a ConverseStream request; model id, inference parameters and guardrails are the adapter's. */
export type ModelRequest = Required<Pick<ConverseStreamCommandInput, "messages">> &
  Pick<ConverseStreamCommandInput, "system" | "toolConfig">;

/** Told while the stream is open and says nothing: since when, and when it will be given up, in milliseconds. */
export type OnSilence = (silence: {
  readonly phase: SilentPhase;
  readonly silentMs: number;
  readonly limitMs: number;
  /** What it will be when it is given up. */
  readonly stall?: Stall;
}) => void;

/** Told, in a sentence for the user, what is to be known of the way on which an answer came. */
export type OnNotice = (text: string) => void;

/** The failure that a silence becomes, and how many retries may follow one of its kind. */
export interface Stall {
  readonly kind: ErrorKind;
  readonly most: number;
}

/**
 * The service's own count of a request's tokens, which costs nothing; undefined where it does not tell, or where the
 * signal ends the wait. Never rejects.
 */
export type CountTokens = (request: ModelRequest, signal?: AbortSignal) => Promise<number | undefined>;

/** The loop's view of a model behind the Converse API. */
export interface Model {
  /** What a request may hold, as known by now: a refusal teaches, so it is to be read for each attempt. */
  readonly capabilities: Capabilities;
  /** Left out where nobody can be asked. */
  readonly countTokens?: CountTokens;
  /**
   * One attempt: no retries inside. Yields the stream's events as the SDK decodes them.
   * Throws a `ModelError`, or the signal's reason when it was aborted. Leaves no connection open, however it ends.
   */
  converseStream(
    request: ModelRequest,
    signal: AbortSignal,
    onSilence?: OnSilence,
    onNotice?: OnNotice,
  ): AsyncIterable<ConverseStreamOutput>;
}

/** How often and how long a kind of failure may be retried. */
export interface RetryAdvice {
  /** Most retries of this kind in a row; 0 = never. */
  readonly most: number;
  /** First wait in milliseconds; doubles with every retry. */
  readonly baseMs: number;
  /** The service's own wish (`Retry-After`), in milliseconds. */
  readonly afterMs?: number;
  /** The first retry is immediate and silent where nothing had been shown yet. */
  readonly silentFirst?: boolean;
}

/** What is known of a failed call beyond what the user reads, for the log. */
export interface CallRecord {
  readonly kind: ErrorKind;
  readonly modelId: string;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  readonly httpStatus: number | undefined;
  /** "none: stream error" where the answer carried none. */
  readonly requestId: string;
  /** From the call to its failure, in milliseconds. */
  readonly elapsedMs: number;
  /** Stream events that had come. */
  readonly events: number;
  /** The name of the last of them; undefined where none came. */
  readonly lastEvent: string | undefined;
  /** Which attempt of its step it was, from 1; absent where the record's maker does not count them. */
  readonly attempt?: number;
}

/** A place in the `messages` of a request; without `block` the whole message. */
export interface RefusedPlace {
  readonly message: number;
  readonly block?: number;
}

/** What a failure teaches of the model. */
export interface Lesson {
  /** Left out of the next request, where the capabilities are asked again. */
  readonly feature?: Feature;
  readonly promptTokens?: number;
  /** The model's limit, in tokens. */
  readonly contextTokens?: number;
  readonly outputTokens?: number;
  /** What the user reads when it is left out and the request sent again, as a sentence. */
  readonly healed?: string;
  /** What of the request was refused, in a `validation`. */
  readonly refusedAt?: RefusedPlace;
}

/** A failed model call. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly error: TurnError;
  readonly retry: RetryAdvice;
  readonly lesson: Lesson;
  readonly record: CallRecord | undefined;

  constructor(
    error: TurnError,
    retry: RetryAdvice,
    cause?: unknown,
    known: { readonly lesson?: Lesson; readonly record?: CallRecord | undefined } = {},
  ) {
    super(error.message, { cause });
    this.error = error;
    this.retry = retry;
    this.lesson = known.lesson ?? {};
    this.record = known.record;
  }

  /** The part of the request that the model does not take, in a `feature_unsupported`. */
  get feature(): Feature | undefined {
    return this.lesson.feature;
  }

  get kind(): ErrorKind {
    return this.error.kind;
  }

  /** The same failure in other words, or with other ways on. */
  retold(change: Partial<Pick<TurnError, "message" | "actions">>): ModelError {
    return new ModelError({ ...this.error, ...change }, this.retry, this.cause, this);
  }
}

export function isModelError(value: unknown): value is ModelError {
  return value instanceof ModelError;
}
