import { redact } from "../redact.ts";
import { secretsOf } from "../settings-secrets.ts";
import type { Attempt } from "./attempt-log.ts";

export type Mask = (text: string) => string;

/** Headers whose values are shown; every other one may be a secret of the user's gateway. */
const shownHeaders: ReadonlySet<string> = new Set([
  "accept",
  "amz-sdk-invocation-id",
  "amz-sdk-request",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "date",
  "host",
  "retry-after",
  "server",
  "transfer-encoding",
  "user-agent",
  "via",
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-retry-after",
  "x-amz-user-agent",
  "x-amzn-errortype",
  "x-amzn-requestid",
  "x-kong-request-id",
]);

/** Of an authorization only the scheme stays. */
export function maskedHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (shownHeaders.has(name.toLowerCase())) return [name, value];
      const scheme = name.toLowerCase() === "authorization" ? /^[\w-]+ /u.exec(value)?.[0] : undefined;
      return [name, `${scheme ?? ""}[redacted]`];
    }),
  );
}

/**
 * Takes the secrets of this attempt out of a text: those of its settings and of the environment, the values of hidden
 * headers wherever they stand, what looks like a secret, and what `further` masks.
 */
export function maskOf(attempt: Attempt, further: Mask): Mask {
  const sent = Object.entries(attempt.request?.headers ?? {}).flatMap(([name, value]) =>
    shownHeaders.has(name.toLowerCase()) ? [] : [value, ...value.split(" ").slice(1)],
  );
  const known = [...new Set([...sent, ...secretsOf(attempt.settings, process.env)])]
    .filter((value) => value.length >= 6)
    .sort((left, right) => right.length - left.length);
  return (text) => further(redact(text, known));
}

/** A copy of a document of JSON with every text masked, names of members too. */
export function maskTexts(value: unknown, mask: Mask): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((part: unknown) => maskTexts(part, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [mask(name), maskTexts(member, mask)]));
}
