import assert from "node:assert/strict";
import { Readable } from "node:stream";
import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import { EventStreamCodec } from "@smithy/core/event-streams";
import { fromUtf8, toUtf8 } from "@smithy/core/serde";
import { HttpResponse } from "@smithy/core/transport";
import type { HttpHandlerOptions, HttpRequest } from "@smithy/types";
import * as fc from "fast-check";
import type { RequestHandler } from "../../src/bedrock/client.ts";
import { ClientPool } from "../../src/bedrock/client-pool.ts";
import { anyStream, anyText, damaged } from "./any-stream.ts";
import { type FuzzTarget, fuzzTarget } from "./fuzz-target.ts";
import { playFuzzedTurn } from "./fuzzed-session.ts";
import { refusedParts } from "./refused-parts.ts";

/** A response body in the pieces in which it arrives. */
interface Body {
  readonly pieces: readonly Uint8Array[];
  /** The connection breaks behind them; else the body ends as if it were whole. */
  readonly breaks: boolean;
}

const codec = new EventStreamCodec(toUtf8, fromUtf8);

function frame(headers: Readonly<Record<string, string>>, body: Uint8Array): Uint8Array {
  const entries = Object.entries(headers).map(([name, value]) => [name, { type: "string" as const, value }]);
  return codec.encode({ headers: Object.fromEntries(entries), body });
}

function eventFrame(event: ConverseStreamOutput): Uint8Array {
  const [name = "future", payload = {}] = Object.entries(event)[0] ?? [];
  const json = JSON.stringify(payload, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
  );
  return frame({ ":message-type": "event", ":event-type": name, ":content-type": "application/json" }, fromUtf8(json));
}

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

const anyBody: fc.Arbitrary<Body> = fc
  .record({
    bytes: fc.oneof(
      { weight: 4, arbitrary: mixedFrames.map(join) },
      { weight: 2, arbitrary: damaged(soundFrames).map(join) },
      { weight: 4, arbitrary: brokenBytes },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    ),
    size: fc.oneof(fc.constantFrom(1, 7, 64), fc.constant(100_000)),
    breaks: fc.boolean(),
  })
  .map(({ bytes, size, breaks }) => ({ pieces: cutInto(bytes, size), breaks }));

function cutInto(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

/** Answers the first request with these bytes in the place of the network, each further one with a plain answer. */
function replay(body: Body): RequestHandler {
  let asked = 0;
  return {
    metadata: { handlerProtocol: "http/1.1" },
    handle: async (_request: HttpRequest, options: HttpHandlerOptions = {}) => {
      const readable = Readable.from(pieces(asked++ === 0 ? body : plainBody), { objectMode: false });
      readable.on("error", () => undefined);
      const signal = options.abortSignal;
      if (signal instanceof AbortSignal) signal.addEventListener("abort", () => readable.destroy(), { once: true });
      const headers = { "content-type": "application/vnd.amazon.eventstream", "x-amzn-requestid": "replayed" };
      return { response: new HttpResponse({ statusCode: 200, headers, body: readable }) };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
}

function* pieces({ pieces: all, breaks }: Body): Generator<Uint8Array> {
  yield* all;
  if (breaks) throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
}

const plainBody: Body = {
  pieces: [
    eventFrame({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: "Done." } } }),
    eventFrame({ messageStop: { stopReason: "end_turn" } }),
  ],
  breaks: false,
};

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
    if (!Buffer.concat(body.pieces).includes("messageStop")) assert.equal(runs, 0);
    assert.deepEqual(refusedParts(messages), []);
  },
);
