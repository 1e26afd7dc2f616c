import type { Message } from "@smithy/types";
import type { BedrockSettings } from "../bedrock-settings.ts";

/** A frame of an answer as it was decoded, and when it came, in milliseconds from the attempt's begin. */
export interface RecordedEvent {
  readonly atMs: number;
  /** The event's or exception's type. */
  readonly name: string;
  readonly frame: Message;
}

export interface RecordedRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One request and what came of it. References only: nothing is copied or written out before somebody looks. */
export interface Attempt {
  /** From 1, in the order in which they began. */
  readonly ordinal: number;
  /** `ConverseStream`, `Converse`. */
  readonly operation: string;
  readonly modelId: string;
  readonly settings: BedrockSettings;
  /** Milliseconds since the epoch, and of `performance.now()`. */
  readonly startedAt: number;
  readonly startedMs: number;
  request?: RecordedRequest;
  response?: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly atMs: number };
  readonly events: RecordedEvent[];
  /** Events that came after there was no more room. */
  leftOut: number;
  /** Of an answer that came whole. */
  output?: unknown;
  error?: unknown;
  endedMs?: number;
}

const most = 20;
const mostBytes = 16 * 1024 * 1024;
/** Of one attempt's events. */
const mostEventBytes = 4 * 1024 * 1024;

/** The last attempts of a window, in memory only and bounded: the oldest go first. */
export class AttemptLog {
  readonly #attempts: Attempt[] = [];
  readonly #bytes = new WeakMap<Attempt, number>();
  readonly #byBody = new WeakMap<object, Attempt>();
  #begun = 0;

  /** The last one first. */
  get attempts(): readonly Attempt[] {
    return this.#attempts.toReversed();
  }

  /** What ran on is no more kept than what has ended. */
  clear(): void {
    this.#attempts.length = 0;
  }

  begin(operation: string, modelId: string, settings: BedrockSettings): Attempt {
    const startedMs = performance.now();
    const ordinal = ++this.#begun;
    const attempt: Attempt = {
      ordinal,
      operation,
      modelId,
      settings,
      startedAt: Date.now(),
      startedMs,
      events: [],
      leftOut: 0,
    };
    this.#attempts.push(attempt);
    if (this.#attempts.length > most) this.#attempts.shift();
    return attempt;
  }

  sent(attempt: Attempt, request: RecordedRequest): void {
    attempt.request = request;
    const { body } = request;
    this.#grow(attempt, typeof body === "string" || body instanceof Uint8Array ? body.length : 0);
  }

  /** `body` is what the events of this attempt will be decoded from. */
  answered(attempt: Attempt, status: number, headers: Readonly<Record<string, string>>, body: unknown): void {
    attempt.response = { status, headers, atMs: sinceBegin(attempt) };
    if (typeof body === "object" && body !== null) this.#byBody.set(body, attempt);
  }

  attemptOf(body: object): Attempt | undefined {
    return this.#byBody.get(body);
  }

  event(attempt: Attempt, name: string, frame: Message): void {
    const bytes = this.#bytes.get(attempt) ?? 0;
    if (bytes > mostEventBytes + requestBytes(attempt)) {
      attempt.leftOut++;
      return;
    }
    attempt.events.push({ atMs: sinceBegin(attempt), name, frame });
    this.#grow(attempt, frame.body.length);
  }

  ended(attempt: Attempt, error?: unknown): void {
    attempt.endedMs = sinceBegin(attempt);
    if (error !== undefined) attempt.error ??= error;
  }

  #grow(attempt: Attempt, bytes: number): void {
    this.#bytes.set(attempt, (this.#bytes.get(attempt) ?? 0) + bytes);
    const sum = (): number => this.#attempts.reduce((total, one) => total + (this.#bytes.get(one) ?? 0), 0);
    while (this.#attempts.length > 1 && sum() > mostBytes) this.#attempts.shift();
  }
}

function sinceBegin({ startedMs }: Attempt): number {
  return Math.round(performance.now() - startedMs);
}

function requestBytes({ request }: Attempt): number {
  const body = request?.body;
  return typeof body === "string" || body instanceof Uint8Array ? body.length : 0;
}
