/** One request that reached the emulator's port, and what became of it. Times are `performance.now()` of its process. */
export interface RecordedRequest {
  /** From 1, in the order in which the requests were complete. */
  readonly ordinal: number;
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, the text when it is not JSON, `undefined` when empty. */
  readonly body: unknown;
  /** The body as it came, byte for byte. */
  readonly text: string;
  /** `"1.1"` or `"2.0"`. */
  readonly httpVersion: string;
  /** From 1, in the order in which connections were opened. */
  readonly connection: number;
  /** When the request's body had arrived. */
  readonly completeAt: number;
  /** The response's status; `undefined` until its head was sent. */
  readonly status?: number;
  /** When the first bytes of the response's body were written. */
  readonly firstFrameAt?: number;
  /** When the response was over, whoever ended it. */
  readonly endedAt?: number;
  /** The client was gone before the response was complete. */
  readonly closedByClient: boolean;
}

/** The same while it is being filled in. */
export type OpenRecord = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };
