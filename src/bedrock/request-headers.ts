import * as z from "zod";
import type { Authentication, RequestHeaders } from "./bedrock-settings.ts";
import { configurationError } from "./configuration-error.ts";

/** A token of RFC 9110 without `_`, which proxies drop or rewrite, so that the signature would not hold. */
const namePattern = /^[A-Za-z0-9!#$%&'*+.^`|~-]+$/u;
/** Printable ASCII: no line can be split, and the signature is over the bytes that are sent. */
const valuePattern = /^[ -~]+$/u;

/** The SDK, the signature or the connection itself decides on these; those of `x-amz-` are the signature's. */
const ownNames: ReadonlySet<string> = new Set([
  "amz-sdk-invocation-id",
  "amz-sdk-request",
  "connection",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
]);

const schema = z.record(z.string(), z.unknown()).default({});

/**
 * Checks headers before anything is sent. `source` names the setting in the message; values are never in it. Throws a
 * `ModelError` of kind `configuration`.
 */
export function readRequestHeaders(
  value: unknown,
  authentication: Authentication,
  source = "outcrop.requestHeaders",
): RequestHeaders {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw refuse(`${source} is not an object of header names and values.`);
  const seen = new Set<string>();
  const entries = Object.entries(parsed.data).map(([name, text]): readonly [string, string] => {
    const problem = problemOfName(name, authentication) ?? (typeof text === "string" ? problemOfValue(text) : notText);
    if (problem !== undefined) throw refuse(`The header ${JSON.stringify(name)} of ${source} ${problem}`);
    if (seen.has(name.toLowerCase())) throw refuse(`The header ${JSON.stringify(name)} is in ${source} twice.`);
    seen.add(name.toLowerCase());
    return [name, String(text).trim()];
  });
  return Object.fromEntries(entries);
}

const notText = "needs a text as its value.";

function problemOfName(name: string, authentication: Authentication): string | undefined {
  if (name.includes("_")) return 'cannot be signed: its name holds a "_".';
  if (!namePattern.test(name)) return "cannot be sent: its name may hold letters, digits and hyphens.";
  const lower = name.toLowerCase();
  if (ownNames.has(lower) || lower.startsWith("x-amz-")) return "is not yours to set: Outcrop sends its own.";
  if (lower !== "authorization" || authentication === "none") return undefined;
  return "is not yours to set: requests are signed. For a gateway with a sign-in of its own set outcrop.authentication to none.";
}

function problemOfValue(value: string): string | undefined {
  if (value.trim() === "") return "has no value.";
  return valuePattern.test(value)
    ? undefined
    : "cannot be sent: its value holds a line break or another character outside printable ASCII.";
}

function refuse(message: string): Error {
  return configurationError(message, ["open-settings"]);
}
