import assert from "node:assert/strict";
import { fromUtf8 } from "@smithy/core/serde";
import * as fc from "fast-check";
import { ClientPool } from "../../src/bedrock/client-pool.ts";
import { anyStream, anyText, damaged } from "./any-stream.ts";
import { type FuzzTarget, fuzzTarget } from "./fuzz-target.ts";
import { playFuzzedTurn } from "./fuzzed-session.ts";
import { refusedParts } from "./refused-parts.ts";
import { type Body, deliversEnd, eventFrame, frame, replay } from "./replayed-body.ts";

const eventNames = [
  "messageStart",
  "contentBlockStart",
  "contentBlockDelta",
  "contentBlockStop",
  "messageStop",
  "metadata",
];
const exceptionNames = ["throttlingException", "validationException", "modelTimeoutException", "future", ""];
const anyBytes = fc.uint8Array({ maxLength: 40 });
const anyPayload = fc.oneof(
  fc.json().map(fromUtf8),
  anyBytes,
  anyText.map((text) => fromUtf8(JSON.stringify({ contentBlockIndex: 0, delta: { text } }))),
  fc.constantFrom('{"contentBlockIndex":"0","delta":7}', '{"stopReason":null}', "[]", "null", "", "{").map(fromUtf8),
);

/** Frames with a sound checksum and senseless contents. */
const oddFrame = fc.oneof(
  fc
    .tuple(fc.constantFrom(...eventNames), anyPayload)
    .map(([name, body]) => frame({ ":message-type": "event", ":event-type": name }, body)),
  fc
    .tuple(fc.constantFrom(...exceptionNames), anyPayload)
    .map(([name, body]) => frame({ ":message-type": "exception", ":exception-type": name }, body)),
  fc
    .tuple(anyText, anyText)
    .map(([code, message]) =>
      frame({ ":message-type": "error", ":error-code": code, ":error-message": message }, new Uint8Array()),
    ),
  fc.tuple(fc.string({ maxLength: 8 }), anyPayload).map(([type, body]) => frame({ ":message-type": type }, body)),
);

const soundFrames = anyStream.map((stream) => stream.map(eventFrame));
const mixedFrames = fc
  .tuple(soundFrames, fc.array(fc.tuple(fc.nat({ max: 20 }), oddFrame), { maxLength: 3 }))
  .map(([frames, odd]) => odd.reduce((list, [at, one]) => list.toSpliced(at % (list.length + 1), 0, one), frames));

const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** Bytes exchanged and cut off anywhere, checksums and lengths among them. */
const brokenBytes = fc
  .tuple(
    mixedFrames.map(join),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 3 }),
    fc.option(fc.nat()),
  )
  .map(([bytes, changes, cut]) => {
    const changed = Uint8Array.from(bytes);
    for (const [at, value] of changes) if (changed.length > 0) changed[at % changed.length] = value;
    return cut === null ? changed : changed.subarray(0, cut % (changed.length + 1));
  });

const calling: readonly Uint8Array[] = [
  eventFrame({ contentBlockStart: { contentBlockIndex: 0, start: { toolUse: { toolUseId: "t1", name: "act" } } } }),
  eventFrame({ contentBlockDelta: { contentBlockIndex: 0, delta: { toolUse: { input: '{"place":"here"}' } } } }),
  eventFrame({ contentBlockStop: { contentBlockIndex: 0 } }),
];
const lastFrame = eventFrame({ messageStop: { stopReason: "tool_use" } });

/** A whole call, and then an end that is sound, damaged, cut, twice there, or of a name or content that is no end. */
const damagedEnd = fc
  .oneof(
    fc.constant(lastFrame),
    fc
      .tuple(fc.nat({ max: lastFrame.length - 1 }), fc.integer({ min: 1, max: 255 }))
      .map(([at, change]) => lastFrame.map((byte, index) => (index === at ? byte ^ change : byte))),
    fc.nat({ max: lastFrame.length }).map((length) => lastFrame.subarray(0, length)),
    anyPayload.map((body) => frame({ ":message-type": "event", ":event-type": "messageStop" }, body)),
    fc
      .constantFrom("MessageStop", "messagestop", "messageStop ", "")
      .map((type) => frame({ ":message-type": "event", ":event-type": type }, fromUtf8('{"stopReason":"tool_use"}'))),
    anyPayload.map((body) => frame({ ":message-type": "exception", ":exception-type": "messageStop" }, body)),
  )
  .map((end) => join([...calling, end]));

const anyBody: fc.Arbitrary<Body> = fc
  .record({
    bytes: fc.oneof(
      { weight: 4, arbitrary: mixedFrames.map(join) },
      { weight: 2, arbitrary: damaged(soundFrames).map(join) },
      { weight: 4, arbitrary: brokenBytes },
      { weight: 2, arbitrary: damagedEnd },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    ),
    size: fc.oneof(fc.constantFrom(1, 7, 64), fc.constant(100_000)),
    breaks: fc.boolean(),
  })
  .map(({ bytes, size, breaks }) => ({ pieces: cutInto(bytes, size), breaks }));

function cutInto(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

/** Real bytes through the SDK's decoder into a real turn. */
export const decoderTarget: FuzzTarget = fuzzTarget(
  "bytes into the SDK's decoder and a turn",
  0.12,
  anyBody,
  async (body) => {
    const pool = new ClientPool(replay(body));
    const model = pool.model({
      modelId: "global.anthropic.claude-opus-4-6-v1",
      region: "us-east-1",
      profile: undefined,
      endpoint: "http://replay.invalid",
      maxTokens: 100,
      firstByteMs: 10_000,
      idleMs: 10_000,
    });
    const { messages, runs, reports } = await playFuzzedTurn(model);
    pool.close();
    assert.deepEqual(reports, []);
    if (!(await deliversEnd(body))) assert.equal(runs, 0);
    assert.deepEqual(refusedParts(messages), []);
  },
);
