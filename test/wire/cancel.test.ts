import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { RequestPace } from "../../src/agent/request-pace.ts";
import { httpErrorReply, textReply, toolReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { answeringTool } from "../support/fake-tool.ts";
import { holdClock } from "../support/held-clock.ts";
import { member, nameOf, openWire, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns, type WireTurns, type WireTurnsOptions } from "../support/wire-session.ts";

useOwnEnvironment();

/** A model without streaming tools: a request with tools goes through Converse. */
const converseModel = "us.meta.llama3-3-70b-instruct-v1:0";
const look = answeringTool("look", "Nothing.");
const slow = { tokensPerSecond: 20 };
const words = Array.from({ length: 200 }, (_, index) => `${index} `);

interface Phase {
  readonly name: string;
  readonly replies: readonly Reply[];
  /** Resolves when the turn is in the phase; absent: Stop comes with the prompt. */
  readonly reached?: (turns: WireTurns) => Promise<unknown>;
  readonly options?: () => WireTurnsOptions;
  /** Requests that the server gets, and how many of them the client leaves. */
  readonly sent: readonly [requests: number, left: number];
}

const event =
  (type: ChatEvent["type"]): NonNullable<Phase["reached"]> =>
  (turns) =>
    turns.next(type);

const phases: readonly Phase[] = [
  { name: "before anything is sent", replies: [textReply("Hi.")], sent: [0, 0] },
  {
    name: "while the head of the answer is awaited",
    replies: [{ text: "Hi.", fault: { kind: "stall", beforeHeaders: true } }],
    reached: (turns) => untilRequest(turns, 1),
    sent: [1, 1],
  },
  {
    name: "between the head and the first frame",
    replies: [{ text: "Hi.", fault: { kind: "stall", afterEvents: 0 } }],
    reached: untilHead,
    sent: [1, 1],
  },
  { name: "in a text", replies: [{ text: words, ...slow }], reached: event("text-delta"), sent: [1, 1] },
  {
    name: "in a text that has fallen silent",
    replies: [{ text: words, fault: { kind: "stall", afterEvents: 3 } }],
    reached: event("text-delta"),
    sent: [1, 1],
  },
  {
    name: "in the thinking",
    replies: [{ reasoning: { text: words }, text: "So.", ...slow }],
    reached: event("reasoning-delta"),
    sent: [1, 1],
  },
  {
    name: "in a tool's input",
    replies: [toolReply("look", { place: words.join("") }, slow)],
    reached: event("tool-input-delta"),
    sent: [1, 1],
  },
  {
    name: "during the wait for a retry",
    replies: [
      {
        fault: { kind: "http-error", status: 429, type: "ThrottlingException", headers: { "retry-after": "59" } },
      },
    ],
    reached: event("retry-scheduled"),
    sent: [1, 0],
  },
  {
    name: "during the wait for the pace",
    replies: [textReply("Hi.")],
    reached: event("pace"),
    options: () => {
      const pace = new RequestPace();
      pace.throttled("Too many requests", 59_000, Date.now());
      return { pace };
    },
    sent: [0, 0],
  },
  {
    name: "during an answer by Converse",
    replies: [{ text: "Late.", firstByteDelayMs: 3_600_000 }],
    reached: (turns) => untilRequest(turns, 1),
    options: () => ({ settings: { modelId: converseModel } }),
    sent: [1, 1],
  },
  {
    name: "during the answer by Converse that followed a refused stream",
    replies: [
      httpErrorReply(400, "ValidationException", "This model doesn't support tool use in streaming mode."),
      { text: "Late.", firstByteDelayMs: 3_600_000 },
    ],
    reached: (turns) => untilRequest(turns, 2),
    options: () => ({ settings: { modelId: "zai.glm-4.7" } }),
    sent: [2, 1],
  },
];

for (const transport of transports) {
  describe(`Stop over ${nameOf(transport)}`, { timeout: 120_000 }, () => {
    for (const { name, replies, reached, options, sent } of phases) {
      it(`B5.78 Stop ${name} ends the turn as cancelled, and the server sees that nobody reads on`, async (test) => {
        const clock = holdClock(test);
        const turns = await openWireTurns(test, transport, replies, { tools: [look], ...options?.() });
        const isThere = reached?.(turns);
        const outcome = turns.session.send({ text: "Hello", attachments: [] });
        if (isThere !== undefined) await clock.runUntil(isThere);
        // From here on no timer fires: what waited for one, be it a millisecond or a minute, would wait for ever.
        const stoppedAt = performance.now();
        turns.session.stop();
        assert.deepEqual(await outcome, { kind: "cancelled" });
        const endedAfter = performance.now() - stoppedAt;
        assert.deepEqual(
          turns.events.filter(({ type }) => type === "turn-end").map((end) => end.type === "turn-end" && end.outcome),
          [{ kind: "cancelled" }],
        );
        const { requests } = turns.emulator;
        while (requests.some(({ endedAt }) => endedAt === undefined)) await nextTurn();
        const seenAfter = performance.now() - stoppedAt;
        test.diagnostic(
          `turn-end ${endedAfter.toFixed(1)} ms after Stop, the server saw it after ${seenAfter.toFixed(1)} ms`,
        );
        assert.deepEqual([requests.length, requests.filter(({ closedByClient }) => closedByClient).length], sent);
        clock.release();
      });
    }

    it("B5.78 a call whose signal was aborted before sends nothing and fails with its reason", async (test) => {
      const wire = await openWire(test, transport, [textReply("Hi.")]);
      const reason = new Error("stopped");
      await assert.rejects(wire.call({}, { signal: AbortSignal.abort(reason) }), (error) => error === reason);
      assert.equal(wire.emulator.requests.length, 0);
    });

    it("B5.80 Stop in a tool's input keeps the text, drops the half call, and the next prompt is accepted", async (test) => {
      const ran: string[] = [];
      const tool = { ...look, prepare: async () => Promise.reject(new Error(`ran ${ran.push("look")}`)) };
      const turns = await openWireTurns(
        test,
        transport,
        [
          {
            text: "I look around.",
            toolUses: [
              { name: "look", input: { place: "here" } },
              { name: "look", input: { place: words.join("") } },
            ],
            tokensPerSecond: 50,
          },
          textReply("Yes."),
        ],
        { tools: [tool] },
      );
      const second = untilCalls(turns, 2);
      const outcome = turns.session.send({ text: "What is here?", attachments: [] });
      await second;
      turns.session.stop();
      assert.deepEqual(await outcome, { kind: "cancelled" });
      const kept = [
        { role: "user", content: [{ text: "What is here?" }] },
        { role: "assistant", content: [{ text: "I look around." }] },
      ];
      assert.deepEqual(turns.messages, kept);
      assert.deepEqual(await turns.session.send({ text: "Are you there?", attachments: [] }), { kind: "completed" });
      const body = turns.emulator.requests[1]?.body;
      assert.deepEqual([member(body, "messages", 0), member(body, "messages", 1)], kept);
      assert.match(String(member(body, "messages", 2, "content", 0, "text")), /look.*did not happen/);
      assert.deepEqual(member(body, "messages", 2, "content", 1), { text: "Are you there?" });
      assert.equal(member(body, "messages", 3), undefined);
      assert.deepEqual(ran, []);
    });
  });
}

async function untilRequest({ emulator }: WireTurns, count: number): Promise<void> {
  while (emulator.requests.length < count) await nextTurn();
}

/** The server has sent the head; whether it has arrived cannot be seen from outside. */
async function untilHead({ emulator }: WireTurns): Promise<void> {
  while (emulator.requests[0]?.status === undefined) await nextTurn();
}

/** Input of this many calls has begun to come. */
function untilCalls({ session }: WireTurns, count: number): Promise<void> {
  const ids = new Set<string>();
  return new Promise((resolve) => {
    session.subscribe((told) => {
      if (told.type !== "tool-input-delta") return;
      ids.add(told.id);
      if (ids.size === count) resolve();
    });
  });
}
