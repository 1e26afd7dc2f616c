import type { ConverseStreamCommandInput, ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import type { ErrorKind, TurnError } from "../protocol/turn-error.ts";

/** What the loop decides about a ConverseStream request; model id, inference parameters and guardrails are the adapter's. */
export type ModelRequest = Required<Pick<ConverseStreamCommandInput, "messages">> &
  Pick<ConverseStreamCommandInput, "system" | "toolConfig">;

/** The loop's view of a model behind the Converse API. */
export interface Model {
  /**
   * One attempt: no retries inside. Yields the stream's events as the SDK decodes them.
   * Throws a `ModelError`, or the signal's reason when it was aborted. Leaves no connection open, however it ends.
   */
  converseStream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ConverseStreamOutput>;
}

/** How often and how long a kind of failure may be retried. */
export interface RetryAdvice {
  /** Most retries of this kind in a row; 0 = never. */
  readonly most: number;
  /** First wait in milliseconds; doubles with every retry. */
  readonly baseMs: number;
  /** The service's own wish (`Retry-After`), in milliseconds. */
  readonly afterMs?: number;
}

/** A failed model call. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly error: TurnError;
  readonly retry: RetryAdvice;

  constructor(error: TurnError, retry: RetryAdvice, cause?: unknown) {
    super(error.message, { cause });
    this.error = error;
    this.retry = retry;
  }

  get kind(): ErrorKind {
    return this.error.kind;
  }
}

export function isModelError(value: unknown): value is ModelError {
  return value instanceof ModelError;
}
