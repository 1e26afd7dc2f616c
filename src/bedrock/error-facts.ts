import { redact } from "./redact.ts";

/** What an error of the SDK, of Node or of a gateway tells, read without trusting its shape. */
export interface ErrorFacts {
  /** Exception name in PascalCase: stream members come as `throttlingException`. */
  readonly name: string;
  /** Without the SDK's own appendix and without secrets; the inner `message` where the text is JSON. */
  readonly message: string;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  /** From `Retry-After` (seconds) or `x-amz-retry-after` (milliseconds). */
  readonly retryAfterMs: number | undefined;
  /** The SDK has set its clock by the answer's date: the next call is signed with the right time. */
  readonly clockSkewCorrected: boolean;
  /** Where a redirect leads, without its query, which may hold what is secret. */
  readonly location: string | undefined;
  /** Who answered, where its headers say so. */
  readonly gateway: "Kong" | "LiteLLM" | undefined;
}

/** `secrets`: what is to be taken out of the message besides all that looks like a secret. */
export function readErrorFacts(error: unknown, secrets: readonly string[] = []): ErrorFacts {
  const metadata = member(error, "$metadata");
  const response = member(error, "$response");
  const name = text(member(error, "name")) ?? "Error";
  const status = number(member(metadata, "httpStatusCode")) ?? number(member(response, "statusCode"));
  return {
    name: name.charAt(0).toUpperCase() + name.slice(1),
    message: redact(readMessage(error, response, status), secrets),
    status,
    code: text(member(error, "code")) ?? text(member(member(error, "cause"), "code")),
    requestId: text(member(metadata, "requestId")) ?? header(response, "x-amzn-requestid"),
    retryAfterMs: readRetryAfter(response),
    clockSkewCorrected: member(metadata, "clockSkewCorrected") === true,
    location: readLocation(response),
    gateway: readGateway(response),
  };
}

function readMessage(error: unknown, response: unknown, status: number | undefined): string {
  const raw = text(member(error, "message")) ?? String(error);
  const message = raw.replace(/\s*Deserialization error: to see the raw response[\s\S]*$/, "").trim();
  if (message === "" || message === "UnknownError" || message === "Unknown") {
    return betterMessage(error) ?? reason(response, status) ?? (message || "Unknown");
  }
  return innerMessage(message) ?? message;
}

/** The SDK copies the keys of a body that it does not know onto the error. */
function betterMessage(error: unknown): string | undefined {
  const inner = member(error, "error");
  return (
    text(member(inner, "message")) ??
    text(inner) ??
    text(member(error, "detail")) ??
    text(member(error, "error_description")) ??
    text(member(error, "msg"))
  );
}

function reason(response: unknown, status: number | undefined): string | undefined {
  const phrase = text(member(response, "reason"));
  if (phrase) return phrase;
  return status === undefined ? undefined : `HTTP status ${status}`;
}

/** Unmodelled exceptions of the stream carry their raw JSON payload as the message. */
function innerMessage(message: string): string | undefined {
  if (!message.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(message);
    return (
      text(member(value, "message")) ??
      text(member(value, "Message")) ??
      text(member(member(value, "error"), "message"))
    );
  } catch {
    return undefined;
  }
}

function readRetryAfter(response: unknown): number | undefined {
  const milliseconds = Number(header(response, "x-amz-retry-after"));
  if (milliseconds > 0) return milliseconds;
  const value = header(response, "retry-after");
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (seconds >= 0) return seconds * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function readLocation(response: unknown): string | undefined {
  const value = header(response, "location");
  if (value === undefined) return undefined;
  return redact(value.replace(/[?#].*$/u, ""));
}

function readGateway(response: unknown): ErrorFacts["gateway"] {
  const headers = member(response, "headers");
  const names = typeof headers === "object" && headers !== null ? Object.keys(headers) : [];
  if (names.some((name) => /^x-kong-/iu.test(name)) || /kong/iu.test(header(response, "server") ?? "")) return "Kong";
  return names.some((name) => /^x-litellm-/iu.test(name)) ? "LiteLLM" : undefined;
}

function header(response: unknown, name: string): string | undefined {
  return text(member(member(response, "headers"), name));
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && key in value ? Reflect.get(value, key) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
