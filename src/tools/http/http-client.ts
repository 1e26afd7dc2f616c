export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8. */
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  /** In small letters; of several of one name the values are joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The server sent more than was read. */
  readonly isCut: boolean;
}

/** What HTTP tools need: one request to a server, through the proxy of the editor and with its certificates. */
export interface HttpClient {
  /**
   * Follows redirects on the same host, five at most. Rejects with a `ToolError` where it refuses to ask a host or to
   * follow a redirect, with the signal's reason where that ends it, and with the error of the connection.
   */
  send(
    request: HttpRequest,
    options: { readonly signal: AbortSignal; readonly mostBytes: number },
  ): Promise<HttpAnswer>;
}
