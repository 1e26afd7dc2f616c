import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import { eventStreamSerdeProvider } from "@smithy/core/event-streams";
import type { EventStreamMarshaller, EventStreamSerdeProvider, Message } from "@smithy/types";

/** By event: the names of what its stream held so far that the SDK left out. One list per stream. */
const leftOut = new WeakMap<object, string[]>();

/** To find an unknown key an event is parsed a second time: the first few of a kind in an answer tell what the others have. */
const looksPerKind = 8;

/**
 * The SDK's decoder of event streams, which passes over events that it does not know, and over unknown keys in those
 * that it knows; here with their names noted down.
 */
export const notingUnknownParts: EventStreamSerdeProvider = (options) => {
  const inner: EventStreamMarshaller = eventStreamSerdeProvider(options);
  return {
    serialize: (input, serializer) => inner.serialize(input, serializer),
    deserialize: (body, deserializer) => {
      const names: string[] = [];
      const looks = new Map<string, number>();
      return inner.deserialize(body, async (raw) => {
        const event = await deserializer(raw);
        const kind = Object.keys(raw).join();
        const looked = looks.get(kind) ?? 0;
        looks.set(kind, looked + 1);
        if (looked < looksPerKind) names.push(...unknownParts(raw, event));
        if (isRecord(event)) leftOut.set(event, names);
        return event;
      });
    },
  };
};

/**
 * An event for each part that the SDK left out since this was last asked, in the form in which its union has unknown
 * members; the names are such as `event:hologram` and `key:messageStop.future`.
 */
export function takeUnknownParts(event: ConverseStreamOutput): readonly ConverseStreamOutput[] {
  const names = leftOut.get(event)?.splice(0) ?? [];
  return names.map((name) => ({ $unknown: [name, undefined] }));
}

function unknownParts(raw: Readonly<Record<string, Message>>, event: unknown): readonly string[] {
  return Object.entries(raw).flatMap(([name, { headers, body }]) => {
    if (headers[":message-type"]?.value !== "event" || !isRecord(event)) return [];
    if (event["$unknown"] !== undefined) return [`event:${name}`];
    return [...new Set(unknownKeys(parse(body), event[name], name))].map((key) => `key:${key}`);
  });
}

function parse(body: Uint8Array): unknown {
  return body.length === 0 ? undefined : JSON.parse(new TextDecoder().decode(body));
}

/** Bedrock pads every event with a `p` of random length, so that sizes tell nothing. */
const paddingKey = "p";

/** Deeper than the union's own members lie only documents, which the SDK keeps as they are. */
const deepest = 8;

/** Keys that were in the JSON and are not in what the SDK made of it. Members that it keeps as `$unknown` are its own. */
function unknownKeys(json: unknown, decoded: unknown, path: string, depth = 0): readonly string[] {
  if (depth > deepest || !isRecord(json) || !isRecord(decoded) || "$unknown" in decoded) return [];
  const isList = Array.isArray(json);
  return Object.entries(json).flatMap(([key, value]) => {
    if (value === null || (key === paddingKey && depth === 0)) return [];
    const at = isList ? path : `${path}.${key}`;
    return Object.hasOwn(decoded, key) ? unknownKeys(value, decoded[key], at, depth + 1) : [at];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
