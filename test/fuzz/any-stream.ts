import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import * as fc from "fast-check";

/** Streams as a sane model, a careless gateway or a hostile one sends them. */

/** Text of UTF-16 units: halves of characters, control characters and blank text among it. */
export const anyText = fc.oneof(
  fc.constantFrom("", " ", "\n", "Hello", " world", "😀", "\ud83d", "\ude00", "\u0000", "</thinking>", "ﷺ"),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 }).map((units) => String.fromCharCode(...units)),
);

const anyToolName = fc.oneof(fc.constantFrom("look", "act", "act.", "", "functions.look", "ü"), anyText);
const anyToolUseId = fc.oneof(fc.constantFrom("a", "b", "a-2", "tooluse_1", "", "a b"), anyText);

/** Pieces of JSON text, cut anywhere. */
const anyFragment = fc.oneof(
  fc.constantFrom("{", "}", '{"place":', '"x"', "{}", "[1]", "null", '"', "\\ud83d", "\\ude00", "1e", "9", "tru", ""),
  fc.constantFrom('{"place":"here"}', '{"command":"rm"}', '{"__proto__":{"a":1}}', '{"a":1,"a":2}'),
  anyText,
);

const anyIndex = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, -1, 1.5, 2 ** 40, Number.NaN) },
);

const anyBytes = fc.uint8Array({ maxLength: 5 });
const someOf = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const anyReasoning = fc.oneof(
  fc.record({ text: anyText }),
  fc.record({ signature: anyText }),
  fc.record({ redactedContent: anyBytes }),
  fc.record({ text: anyText, signature: anyText }),
  fc.constant({ $unknown: ["future", {}] }),
);
const anyDelta = fc.oneof(
  fc.record({ text: anyText }),
  fc.record({ toolUse: fc.record({ input: someOf(anyFragment) }) }),
  fc.record({ reasoningContent: anyReasoning }),
  fc.constantFrom(undefined, {}, { $unknown: ["futureDelta", {}] }, { citation: { title: "t" } }, { toolResult: [] }),
);
const anyStart = fc.oneof(
  fc.record({
    toolUse: fc.record({
      toolUseId: someOf(anyToolUseId),
      name: someOf(anyToolName),
      type: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, fc.constantFrom("server_tool_use", "future")),
    }),
  }),
  fc.constantFrom(undefined, {}, { $unknown: ["reasoningContent", {}] }, { image: { format: "png" } }),
);
const anyStopReason = fc.oneof(
  fc.constantFrom("end_turn", "tool_use", "max_tokens", "stop_sequence", "guardrail_intervened", "content_filtered"),
  fc.constantFrom("malformed_tool_use", "malformed_model_output", "model_context_window_exceeded", undefined),
  anyText,
);
const anyUsage = someOf(fc.record({ inputTokens: someOf(fc.nat()), outputTokens: someOf(fc.nat()) }));

const delta = fc.record({ contentBlockDelta: fc.record({ contentBlockIndex: anyIndex, delta: anyDelta }) });
const start = fc.record({ contentBlockStart: fc.record({ contentBlockIndex: anyIndex, start: anyStart }) });
const stop = fc.record({ contentBlockStop: fc.record({ contentBlockIndex: anyIndex }) });
const messageStop = fc.record({ messageStop: fc.record({ stopReason: anyStopReason }) });
const metadata = fc.record({ metadata: fc.record({ usage: anyUsage }) });
const oddity = fc.constantFrom({}, { $unknown: ["future", {}] }, { messageStart: { role: "user" } });

const anyEvent = fc.oneof(
  { weight: 8, arbitrary: delta },
  { weight: 3, arbitrary: start },
  { weight: 3, arbitrary: stop },
  { weight: 1, arbitrary: messageStop },
  { weight: 1, arbitrary: metadata },
  { weight: 1, arbitrary: oddity },
);

/** A whole block as Bedrock sends it. */
const block = (index: number): fc.Arbitrary<readonly unknown[]> => {
  const ended = { contentBlockStop: { contentBlockIndex: index } };
  const deltas = (parts: readonly unknown[]): readonly unknown[] =>
    parts.map((part) => ({ contentBlockDelta: { contentBlockIndex: index, delta: part } }));
  const tool = fc.tuple(anyToolUseId, anyToolName, fc.array(anyFragment, { maxLength: 4 }));
  return fc.oneof(
    fc.array(fc.record({ text: anyText }), { maxLength: 3 }).map((texts) => [...deltas(texts), ended]),
    fc
      .array(anyReasoning, { maxLength: 3 })
      .map((parts) => [...deltas(parts.map((reasoningContent) => ({ reasoningContent }))), ended]),
    tool.map(([toolUseId, name, fragments]) => [
      { contentBlockStart: { contentBlockIndex: index, start: { toolUse: { toolUseId, name } } } },
      ...deltas(fragments.map((input) => ({ toolUse: { input } }))),
      ended,
    ]),
  );
};

const wholeStream = fc
  .tuple(
    fc.array(fc.nat(), { minLength: 1, maxLength: 4 }).chain((blocks) => fc.tuple(...blocks.map((_, at) => block(at)))),
    anyStopReason,
  )
  .map(([blocks, stopReason]) => [...blocks.flat(), { messageStop: { stopReason } }]);

/** What can happen to a list on its way: parts lost, doubled, exchanged, cut off. */
type Damage = { readonly kind: "drop" | "repeat" | "swap" | "cut"; readonly at: number };
const anyDamage = fc.record<Damage>({
  kind: fc.constantFrom("drop", "repeat", "swap", "cut"),
  at: fc.nat({ max: 30 }),
});

/** A list with a few damages. */
export function damaged<Part>(list: fc.Arbitrary<readonly Part[]>): fc.Arbitrary<readonly Part[]> {
  return fc.tuple(list, fc.array(anyDamage, { maxLength: 4 })).map(([parts, damages]) => damages.reduce(damage, parts));
}

function damage<Part>(parts: readonly Part[], { kind, at }: Damage): readonly Part[] {
  const index = parts.length === 0 ? 0 : at % parts.length;
  switch (kind) {
    case "drop":
      return parts.toSpliced(index, 1);
    case "repeat":
      return parts.toSpliced(index, 0, ...parts.slice(index, index + 1));
    case "swap":
      return [...parts.slice(0, index), ...parts.slice(index, index + 2).toReversed(), ...parts.slice(index + 2)];
    case "cut":
      return parts.slice(0, index);
  }
}

/** Events as the SDK may hand them on: what is not in its types (missing members, odd kinds) does come over the wire. */
function asDecoded(events: readonly unknown[]): readonly ConverseStreamOutput[] {
  return events as readonly ConverseStreamOutput[];
}

export const anyStream: fc.Arbitrary<readonly ConverseStreamOutput[]> = fc
  .oneof(damaged(wholeStream), wholeStream, fc.array(anyEvent, { maxLength: 20 }))
  .map(asDecoded);
