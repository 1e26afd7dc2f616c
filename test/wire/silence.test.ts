import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { ConverseCommand, type Message } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { isModelError } from "../../src/agent/model.ts";
import { defaultFirstByteMs, defaultIdleMs } from "../../src/bedrock/bedrock-settings.ts";
import { createClient } from "../../src/bedrock/client.ts";
import { ClientPool } from "../../src/bedrock/client-pool.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import type { SilentPhase } from "../../src/protocol/chat-event.ts";
import { fakeTool } from "../support/fake-tool.ts";
import { holdClock } from "../support/held-clock.ts";
import { modelId, nameOf, openWire, textOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns, untilAnswersEnded } from "../support/wire-session.ts";
import { frame } from "../support/wire-talk.ts";

useOwnEnvironment();

const delta = (content: Record<string, string | { readonly [key: string]: string }>) => ({
  event: "contentBlockDelta",
  payload: { contentBlockIndex: 0, delta: content },
});
const start = { event: "messageStart", payload: { role: "assistant" } };
const toolStart = {
  event: "contentBlockStart",
  payload: { contentBlockIndex: 0, start: { toolUse: { toolUseId: "tooluse_1", name: "look" } } },
};

const hello = { messages: [{ role: "user" as const, content: [{ text: "Hi" }] }] };
const answer = [start, delta({ text: "Whole." }), { event: "messageStop", payload: { stopReason: "end_turn" } }];
const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
const metadata = { event: "metadata", payload: { usage, metrics: { latencyMs: 1 } } };

/** Where a stream falls silent, and the setting that limits it. */
const stalls: readonly (readonly [SilentPhase, object, Reply])[] = [
  ["first-byte", { firstByteMs: 90 }, { text: "Hi.", fault: { kind: "stall", beforeHeaders: true } }],
  ["first-byte", { firstByteMs: 90 }, { text: "Hi.", fault: { kind: "stall", afterEvents: 0 } }],
  ["thinking", { thinkingMs: 90 }, { text: "Hi.", fault: { kind: "stall", afterEvents: 1 } }],
  [
    "thinking",
    { thinkingMs: 90 },
    {
      events: [start, delta({ reasoningContent: { text: "hm" } }), delta({ text: "x" })],
      fault: { kind: "stall", afterEvents: 2 },
    },
  ],
  ["text", { textMs: 90 }, { text: "Hi there.", fault: { kind: "stall", afterEvents: 2 } }],
  [
    "tool-input",
    { toolInputMs: 90 },
    { events: [start, toolStart, delta({ toolUse: { input: "{" } })], fault: { kind: "stall", afterEvents: 2 } },
  ],
];

for (const transport of transports) {
  describe(`silence over ${nameOf(transport)}`, () => {
    for (const [index, [phase, limits, reply]] of stalls.entries()) {
      it(`B5.81 a stall is told and then ended by the limit of its phase: ${phase} (${index + 1})`, async (test) => {
        const wire = await openWire(test, transport, [reply]);
        const told: unknown[] = [];
        const { kind, retry, error } = await wire.fail(limits, { onSilence: (silence) => void told.push(silence) });
        assert.equal(kind, phase === "first-byte" ? "timeout_first_byte" : "timeout_idle");
        assert.equal(retry.most, 1);
        assert.equal(error.detail, "Nothing came for 0.09 s; Outcrop closed the connection.");
        assert.deepEqual(told.at(-1), { phase, silentMs: 30, limitMs: 90, stall: { kind, most: 1 } });
      });
    }

    it("B5.81 the limits are a minute and five minutes at least, where nobody sets them", () => {
      assert.ok(defaultFirstByteMs >= 60_000);
      assert.ok(defaultIdleMs >= 300_000);
    });

    it("B5.82 a slow stream that lives outlasts the limit of a silence many times", async (test) => {
      const words = Array.from({ length: 120 }, (_, index) => `${index} `);
      const wire = await openWire(test, transport, [{ text: words, tokensPerSecond: 40 }]);
      const { events, error } = await wire.call({ idleMs: 1_000 });
      assert.deepEqual([textOf(events), error], [words.join(""), undefined]);
    });

    for (const [last, graceMs] of [
      ["messageStop", 1_500],
      ["metadata", 250],
    ] as const) {
      it(`B2.33 behind ${last} the open connection is waited for, but no longer than ${graceMs} ms`, async (test) => {
        const events = last === "metadata" ? [...answer, metadata] : answer;
        const wire = await openWire(test, transport, [
          { events, fault: { kind: "stall", afterEvents: events.length } },
        ]);
        const clock = holdClock(test);
        const reading = wire.pool
          .model(wire.settings)
          .converseStream(hello, new AbortController().signal)
          [Symbol.asyncIterator]();
        for (let seen = ""; seen !== last; ) seen = Object.keys((await reading.next()).value ?? {})[0] ?? "";
        let hasEnded = false;
        const end = reading.next().finally(() => {
          hasEnded = true;
        });
        clock.advance(graceMs - 1);
        for (let round = 0; round < 20; round++) await nextTurn();
        assert.equal(hasEnded, false);
        clock.advance(1);
        assert.deepEqual(await end, { done: true, value: undefined });
        clock.release();
      });
    }

    it("B2.38 no delta waits for an approval: the whole answer is read while the user is asked about its call", async (test) => {
      const long = Array.from({ length: 400 }, (_, index) => `${index}:${"x".repeat(10_000)} `);
      const touch = fakeTool("touch", () => ({
        effect: "execute",
        run: async () => ({ content: [{ text: "Done." }], title: "Touched" }),
      }));
      const texts = long.map((text) => frame.text(1, text));
      const call = [frame.tool(0, "tooluse_1", "touch"), frame.input(0, "{}"), frame.stop(0)];
      const reply: Reply = { events: [start, ...call, ...texts, frame.stop(1), frame.end("tool_use")] };
      const turns = await openWireTurns(test, transport, [reply, { text: "Fine." }], { tools: [touch] });
      const asked = turns.next("tool-awaiting-approval");
      const outcome = turns.session.send({ text: "Go.", attachments: [] });
      const request = await asked;
      await untilAnswersEnded(turns);
      assert.equal(turns.emulator.requests[0]?.closedByClient, false);
      const order = turns.events.flatMap(({ type }) => (type === "text-delta" || type === request.type ? [type] : []));
      assert.deepEqual(order, [...long.map(() => "text-delta"), request.type]);
      assert.ok(request.type === "tool-awaiting-approval");
      const { id, digest } = request.request;
      turns.session.answer({ id, digest, decision: { kind: "allow" } });
      assert.deepEqual(await outcome, { kind: "completed" });
    });

    it("B5.83 the socket has a time limit of its own behind the longest of the phases", async (test) => {
      const wire = await openWire(test, transport, [{ text: "Hi." }]);
      const client = createClient({ ...wire.settings, firstByteMs: 1_000, thinkingMs: 70_000, idleMs: 2_000 });
      test.after(() => client.destroy());
      const messages: Message[] = [{ role: "user", content: [{ text: "Hi" }] }];
      await client.send(new ConverseCommand({ modelId, messages }));
      const { requestHandler } = client.config;
      assert.ok(requestHandler instanceof NodeHttpHandler);
      assert.equal(requestHandler.httpHandlerConfigs().socketTimeout, 100_000);
    });

    it("B5.83 a time-out of the socket is told as a stall", async (test) => {
      const wire = await openWire(test, transport, [{ text: "Hi.", fault: { kind: "stall", afterEvents: 2 } }]);
      const pool = new ClientPool(new NodeHttpHandler({ socketTimeout: 100 }));
      test.after(() => pool.close());
      const stream = pool
        .model(wire.settings)
        .converseStream({ messages: [{ role: "user", content: [{ text: "Hi" }] }] }, new AbortController().signal);
      const reading = (async () => {
        for await (const _ of stream);
      })();
      await assert.rejects(reading, (error) => isModelError(error) && error.kind === "timeout_idle");
    });
  });
}
