import type { Attempt, RecordedEvent } from "./attempt-log.ts";

/** The JSON of the request's body; the text where it is none, undefined where there is no body. */
export function requestBody({ request }: Attempt): unknown {
  return parse(textOf(request?.body));
}

/** Where the API's own paths begin, such as `https://bedrock-runtime.us-east-1.amazonaws.com`. */
export function baseUrl({ request }: Attempt): string | undefined {
  if (request === undefined) return undefined;
  const { protocol, hostname, port, path } = request;
  const base = path.slice(0, Math.max(0, path.lastIndexOf("/model/")));
  return `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${base}`;
}

/** The region that the request was signed for; undefined where it was not signed. */
export function signedRegion({ request }: Attempt): string | undefined {
  const authorization = Object.entries(request?.headers ?? {}).find(([name]) => name.toLowerCase() === "authorization");
  return /Credential=[^/]+\/\d+\/([^/]+)\//u.exec(authorization?.[1] ?? "")?.[1];
}

/** `event`, `exception`, or `error`, with the JSON of the frame, or its text where it is none. */
export function readFrame({ frame, name }: RecordedEvent) {
  const type = frame.headers[":message-type"]?.value;
  const kind = type === "exception" ? ("exception" as const) : ("event" as const);
  const body = new TextDecoder().decode(frame.body);
  const payload = parse(body);
  if (typeof payload !== "object" || payload === null) return { kind, name, body };
  // Bedrock pads every event with a `p` of random length.
  return { kind, name, payload: kind === "event" ? withoutPadding(payload) : payload };
}

/** When the first content came, in milliseconds from the begin. */
export function firstTokenMs({ events }: Attempt): number | undefined {
  return events.find(({ name }) => name === "contentBlockStart" || name === "contentBlockDelta")?.atMs;
}

function withoutPadding(payload: object): object {
  return Object.fromEntries(Object.entries(payload).filter(([key]) => key !== "p"));
}

function textOf(body: unknown): string | undefined {
  if (typeof body === "string") return body;
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : undefined;
}

function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
