import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { exceptionReply, httpErrorReply, textReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import type { ErrorKind } from "../../src/protocol/turn-error.ts";
import { fakeTiming } from "../support/fake-timing.ts";
import { nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns, type WireTurns } from "../support/wire-session.ts";

useOwnEnvironment();

const hi = { text: "Hi", attachments: [] };
const whole = textReply("At last.");
/** More than any kind is granted: what ends the retries is the limit of the kind. */
const retries = 50;

/** The rows that the user sees: what failed, which retry comes, and the wait before it. */
function rows({ events }: WireTurns): readonly unknown[] {
  return events.flatMap((event) =>
    event.type === "retry-scheduled" ? [[event.error.kind, event.retry, event.delayMs]] : [],
  );
}

function retryAfter(seconds: string): Reply {
  const headers = { "retry-after": seconds };
  return { fault: { kind: "http-error", status: 429, type: "ThrottlingException", message: "Slow.", headers } };
}

interface Failure {
  readonly line: string;
  readonly name: string;
  readonly reply: Reply;
  readonly kind: ErrorKind;
  /** The waits at an even throw of the dice, one for each retry that the kind is granted. */
  readonly waits: readonly number[];
}

const eightWaits = [1_500, 3_000, 6_000, 12_000, 24_000, 48_000, 60_000, 60_000];
const twoWaits = [750, 1_500];
const malformed = "Model produced invalid sequence as part of ToolUse. Please refer to the guide.";
const failed = (line: string, name: string, reply: Reply, kind: ErrorKind, waits: readonly number[]): Failure => {
  return { line, name, reply, kind, waits };
};

const same = (count: number, delayMs: number): readonly number[] => Array.from({ length: count }, () => delayMs);

/** Failures that may pass. */
const failures: readonly Failure[] = [
  failed("B4.56", "429", httpErrorReply(429, "ThrottlingException", "Too many requests."), "throttled", eightWaits),
  failed("B4.56", "429 not ready", httpErrorReply(429, "ModelNotReadyException", "Warming."), "throttled", eightWaits),
  failed(
    "B4.56",
    "throttling in the stream",
    exceptionReply("throttlingException", "Slow.", 3),
    "throttled",
    eightWaits,
  ),
  // What the service asks for is waited for, a minute at most; five minutes after the first failure the row ends.
  failed("B4.56", "429 with Retry-After", retryAfter("42"), "throttled", [...same(5, 42_000), 48_000, 60_000]),
  failed("B4.56", "429 with a long Retry-After", retryAfter("300"), "throttled", same(6, 60_000)),
  ...[500, 502, 503, 504].map((status) =>
    failed("B4.57", `${status}`, httpErrorReply(status, "SomeException", "It broke."), "server", eightWaits),
  ),
  failed("B4.57", "an error in the stream", exceptionReply("internalServerException", "It.", 3), "server", eightWaits),
  failed("B4.57", "a first frame", exceptionReply("serviceUnavailableException", "Down."), "server", eightWaits),
  failed("B4.58", "408", httpErrorReply(408, "ModelTimeoutException", "Slow."), "model_timeout", twoWaits),
  failed("B4.58", "424", httpErrorReply(424, "ModelErrorException", "It failed."), "model_error", twoWaits),
  failed("B4.58", "424 in the stream", exceptionReply("modelStreamErrorException", "It.", 2), "model_error", twoWaits),
  failed("B4.59", "424", httpErrorReply(424, "ModelErrorException", malformed), "malformed_tool_use", [375]),
  failed("B4.59", "a frame", exceptionReply("modelStreamErrorException", malformed, 2), "malformed_tool_use", [375]),
];

for (const transport of transports) {
  describe(`failures of whole turns over ${nameOf(transport)}`, { timeout: 120_000 }, () => {
    for (const { line, name, reply, kind, waits } of failures) {
      const expected = waits.map((delayMs, index) => [kind, index + 1, delayMs]);

      it(`${line} ${name}: each wait is shown and kept, and the turn recovers at the last retry`, async (test) => {
        const timing = fakeTiming();
        const replies = [...waits.map(() => reply), whole];
        const turns = await openWireTurns(test, transport, replies, { timing, retries });
        assert.deepEqual(await turns.session.send(hi), { kind: "completed" });
        assert.deepEqual(rows(turns), expected);
        assert.deepEqual(timing.waits, waits);
        assert.equal(turns.emulator.requests.length, waits.length + 1);
        const parts = turns.session.chat.past.at(-1)?.parts ?? [];
        const told = parts.flatMap((part) => (part.kind === "recovered" ? part.errors.map((error) => error.kind) : []));
        assert.deepEqual(
          told,
          expected.map(() => kind),
        );
        assert.deepEqual(
          parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])),
          ["At last."],
        );
      });

      it(`${line} ${name}: one failure more ends the turn, which says why and offers Retry and another model`, async (test) => {
        const timing = fakeTiming();
        const replies = [...waits.map(() => reply), reply, whole];
        const turns = await openWireTurns(test, transport, replies, { timing, retries });
        const outcome = await turns.session.send(hi);
        assert.ok(outcome?.kind === "failed");
        assert.deepEqual([outcome.error.kind, outcome.error.actions], [kind, ["retry", "select-model"]]);
        assert.deepEqual(timing.waits, waits);
        assert.equal(turns.emulator.requests.length, waits.length + 1);
        assert.deepEqual(await turns.session.resume(), { kind: "completed" });
      });
    }

    it("B4.57 five retries of an outage last half a minute, however the dice fall", async (test) => {
      const timing = fakeTiming(0);
      const down = httpErrorReply(503, "ServiceUnavailableException", "Down.");
      const turns = await openWireTurns(
        test,
        transport,
        Array.from({ length: 6 }, () => down),
        { timing, retries: 5 },
      );
      assert.equal((await turns.session.send(hi))?.kind, "failed");
      assert.deepEqual(timing.waits, [1_000, 2_000, 4_000, 8_000, 16_000]);
    });
  });
}
