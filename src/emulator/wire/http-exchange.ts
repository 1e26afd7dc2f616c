/** One HTTP request as the emulator sees it, whichever door it came through. */
export interface EmulatorRequest {
  readonly method: string;
  /** The path as sent: still percent-encoded, without the query. */
  readonly path: string;
  /** The query as sent, without `?`. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * A response as what happens on the connection, in order. `end` finishes the HTTP body properly, `fin` closes the
 * connection without finishing it, `reset` breaks it off.
 */
export type ResponseStep =
  | { readonly kind: "wait"; readonly milliseconds: number }
  | { readonly kind: "wait-forever" }
  | { readonly kind: "head"; readonly status: number; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: "write"; readonly bytes: Uint8Array }
  | { readonly kind: "end" }
  | { readonly kind: "fin" }
  | { readonly kind: "reset" };

/** Answers one request; the door plays the steps. Never rejects. */
export type RequestHandler = (request: EmulatorRequest) => Promise<readonly ResponseStep[]>;
