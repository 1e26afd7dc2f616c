/** What went wrong with a model call. The kind decides text, retry and the actions offered. */
export type ErrorKind =
  | "throttled"
  | "server"
  | "model_error"
  | "model_timeout"
  | "malformed_tool_use"
  | "network"
  | "truncated_stream"
  | "empty_stream"
  | "timeout_first_byte"
  | "timeout_idle"
  | "protocol"
  | "context_overflow"
  | "feature_unsupported"
  | "validation"
  | "auth"
  | "credentials"
  | "access_denied"
  | "not_found"
  | "quota"
  | "proxy_auth"
  | "gateway"
  | "tls"
  | "configuration"
  | "unknown";

/** A button on an error row; the host knows what each does. */
export type ErrorAction =
  | "retry"
  | "compact"
  | "select-model"
  | "sign-in"
  | "lower-max-tokens"
  | "open-settings"
  | "try-demo"
  | "show-log";

/** A failed model call as the user reads it. */
export interface TurnError {
  readonly kind: ErrorKind;
  /** One sentence: what happened, with which model and where. Never raw SDK text alone. */
  readonly message: string;
  /** What Bedrock or the gateway said, for the fold. */
  readonly detail?: string;
  /** `x-amzn-requestid`, when a response carried one. */
  readonly requestId?: string;
  /** The last stream event that came before it, by Converse's name, for diagnosis. */
  readonly lastEvent?: string;
  /** Of the answer, where there was one. */
  readonly httpStatus?: number;
  /** From the request to its failure, in milliseconds. */
  readonly elapsedMs?: number;
  /** When it failed, in milliseconds since the epoch. */
  readonly at?: number;
  /** The whole address that was asked, where it is not AWS's own; the sentence has its host. */
  readonly endpoint?: string;
  readonly actions: readonly ErrorAction[];
}
