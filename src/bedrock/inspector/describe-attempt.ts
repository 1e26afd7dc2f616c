import { readErrorFacts } from "../error-facts.ts";
import type { Attempt } from "./attempt-log.ts";
import { type Mask, maskedHeaders, maskOf, maskTexts } from "./mask-attempt.ts";
import { baseUrl, firstTokenMs, readFrame, requestBody, signedRegion } from "./read-attempt.ts";

/** Longer pieces of base64 are shown by their length: nobody reads them, and an editor chokes on them. */
const mostBase64 = 2_000;

/** An attempt as a document of JSON, secrets masked. `mask` is applied to every text besides what is known to be secret. */
export function describeAttempt(attempt: Attempt, mask: Mask): string {
  const { ordinal, operation, modelId, startedAt, endedMs, request, response, leftOut, output, error, settings } =
    attempt;
  const facts = error === undefined ? undefined : readErrorFacts(error);
  const document = {
    attempt: ordinal,
    time: new Date(startedAt).toISOString(),
    operation,
    modelId,
    region: signedRegion(attempt) ?? settings.region,
    durationMs: endedMs,
    firstTokenMs: firstTokenMs(attempt),
    request: request && {
      method: request.method,
      url: `${baseUrl(attempt)}${request.path.slice(Math.max(0, request.path.lastIndexOf("/model/")))}`,
      headers: maskedHeaders(request.headers),
      body: withoutBase64(requestBody(attempt)),
    },
    response: response && {
      status: response.status,
      requestId: response.headers["x-amzn-requestid"],
      afterMs: response.atMs,
      headers: maskedHeaders(response.headers),
    },
    events: attempt.events.map((event) => {
      const { kind, name, ...content } = readFrame(event);
      return { atMs: event.atMs, [kind]: name, ...content };
    }),
    ...(leftOut > 0 && { eventsLeftOut: leftOut }),
    output: withoutMetadata(output),
    error: facts && { name: facts.name, code: facts.code, message: facts.message },
  };
  return JSON.stringify(maskTexts(JSON.parse(JSON.stringify(document)), maskOf(attempt, mask)), undefined, 2);
}

function withoutBase64(value: unknown, key = ""): unknown {
  if (typeof value === "string") {
    const isLong = (key === "bytes" || key === "redactedContent") && value.length > mostBase64;
    return isLong ? `(${value.length} characters of base64)` : value;
  }
  if (Array.isArray(value)) return value.map((part: unknown) => withoutBase64(part));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutBase64(member, name)]));
}

function withoutMetadata(output: unknown): unknown {
  if (typeof output !== "object" || output === null) return output;
  return Object.fromEntries(Object.entries(output).filter(([name]) => name !== "$metadata"));
}
