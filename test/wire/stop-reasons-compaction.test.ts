import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { CallRecord } from "../../src/agent/model.ts";
import { exceptionReply, httpErrorReply } from "../../src/emulator/replies.ts";
import type { Responder } from "../../src/emulator/responder.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import type { TurnOutcome } from "../../src/protocol/chat-event.ts";
import { fakeTiming } from "../support/fake-timing.ts";
import { answeringTool } from "../support/fake-tool.ts";
import { shownParts } from "../support/shown-parts.ts";
import { member, nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns, untilAnswersEnded, type WireTurns } from "../support/wire-session.ts";

useOwnEnvironment();

const first = { text: "First", attachments: [] };
const second = { text: "Second", attachments: [] };
const third = { text: "Third", attachments: [] };
const answer: Reply = { text: "One." };
const overflow = httpErrorReply(400, "ValidationException", "Input is too long for requested model.");
const throttled = httpErrorReply(429, "ThrottlingException", "Too many requests");
const kept = [
  { role: "user", content: [{ text: "First" }] },
  { role: "assistant", content: [{ text: "One." }] },
  { role: "user", content: [{ text: "Second" }] },
];

/** What the events say that the summary did, and the way there. */
function steps({ events }: WireTurns): readonly string[] {
  const told = new Set(["step-start", "compacting", "retry-scheduled", "compaction", "text-delta", "turn-end"]);
  return events.map(({ type }) => type).filter((type) => told.has(type));
}

function failureOf(outcome: TurnOutcome | undefined) {
  assert.ok(outcome?.kind === "failed", "the turn did not fail");
  const { kind, message, actions } = outcome.error;
  return { kind, message, actions, cutOff: outcome.cutOff };
}

function messagesOf({ emulator }: WireTurns, index: number): unknown {
  return member(emulator.requests.at(index)?.body, "messages");
}

for (const transport of transports) {
  const open = (test: TestContext, script: Responder | readonly Reply[], onFailure?: (record: CallRecord) => void) =>
    openWireTurns(test, transport, script, {
      tools: [answeringTool("look", "found it")],
      timing: fakeTiming(),
      compaction: "automatic",
      ...(onFailure !== undefined && { onFailure }),
    });

  describe(`summaries over ${nameOf(transport)}`, { timeout: 60_000 }, () => {
    const unfinished: readonly (readonly [name: string, reply: Reply, why: string])[] = [
      ["max_tokens", { text: "The summ", stopReason: "max_tokens" }, "its summary was cut off at the output limit"],
      ["a guardrail", { text: "No.", stopReason: "guardrail_intervened" }, "a guardrail blocked its summary"],
      ["a filter", { text: "No.", stopReason: "content_filtered" }, "a content filter blocked its summary"],
      [
        "a tool call",
        { text: "I look.", toolUses: [{ name: "look", input: {}, toolUseId: "t1" }] },
        "the model called a tool instead of writing a summary",
      ],
      [
        "an unknown reason",
        { text: "The summ", stopReason: "tired" },
        "the model stopped early in its summary (tired)",
      ],
    ];
    for (const [name, reply, why] of unfinished) {
      it(`B3.46 a summary that ends by ${name} does not count, and the user is told why`, async (test) => {
        const turns = await open(test, [answer, overflow, reply, answer]);
        await turns.session.send(first);
        assert.deepEqual(failureOf(await turns.session.send(second)), {
          kind: "context_overflow",
          message: `The conversation is too long for the model, and could not be shortened, because ${why}.`,
          actions: ["compact", "select-model"],
          cutOff: false,
        });
        assert.deepEqual(turns.session.chat.compactions, []);
        assert.deepEqual(turns.messages, kept);
        assert.equal(turns.emulator.requests.length, 3);
      });
    }

    it("B4.61 a summary is throttled, dropped and retried as a step is, and is recorded", async (test) => {
      const records: CallRecord[] = [];
      const long = "All of it in many words. ".repeat(100);
      const dropped: Reply = { text: [long, long], fault: { kind: "reset", afterEvents: 3 } };
      const replies = [answer, overflow, throttled, dropped, { text: "Notes." }, { text: "Two." }];
      const turns = await open(test, replies, (record) => void records.push(record));
      await turns.session.send(first);
      assert.deepEqual(await turns.session.send(second), { kind: "completed" });
      assert.deepEqual(steps(turns).slice(3), [
        "step-start",
        "compacting",
        "retry-scheduled",
        "compacting",
        "retry-scheduled",
        "compacting",
        "compaction",
        "step-start",
        "text-delta",
        "turn-end",
      ]);
      assert.deepEqual(
        records.map(({ kind }) => kind),
        ["context_overflow", "throttled", "network"],
      );
      assert.deepEqual(messagesOf(turns, -1), [
        { role: "user", content: [{ text: "Summary of the conversation so far:\n\nNotes." }, { text: "Second" }] },
      ]);
      assert.deepEqual(shownParts(turns.session.chat), [
        [1, "compaction"],
        [1, "recovered"],
        [1, "Two."],
      ]);
    });

    it("B5.84 Stop in the summary keeps what the step had shown, and nothing of the summary", async (test) => {
      const cut: Reply = {
        ...exceptionReply("validationException", "Input is too long for requested model.", 3),
        text: ["Half ", "of it"],
      };
      const stalled: Reply = { text: ["A secret", " summary"], fault: { kind: "stall", afterEvents: 3 } };
      const turns = await open(test, [answer, cut, stalled, { text: "Three." }]);
      await turns.session.send(first);
      const compacting = turns.next("compacting");
      const sent = turns.session.send(second);
      await compacting;
      turns.session.stop();
      assert.deepEqual(await sent, { kind: "cancelled" });
      const half = turns.messages.slice(3);
      assert.equal(half.length, 1);
      assert.match(String(half[0]?.content?.[0]?.text), /^Half /);
      await untilAnswersEnded(turns);
      assert.deepEqual(await turns.session.send(third), { kind: "completed" });
      assert.ok(!JSON.stringify(messagesOf(turns, -1)).includes("secret"));
    });

    it("B4.61 what the step had shown can be continued where the summary fails", async (test) => {
      const cut: Reply = {
        ...exceptionReply("validationException", "Input is too long for requested model.", 3),
        text: ["Half ", "of it"],
      };
      const refused = httpErrorReply(403, "AccessDeniedException", "Not you.");
      const turns = await open(test, [answer, cut, refused, { text: " and more." }]);
      await turns.session.send(first);
      const { message, actions, cutOff } = failureOf(await turns.session.send(second));
      assert.match(message, /^The conversation could not be shortened\. AWS denied access to the model \(/);
      assert.deepEqual([actions[0], actions.includes("retry"), cutOff], ["compact", false, true]);
      assert.deepEqual(turns.messages, kept);
      assert.deepEqual(await turns.session.continue(), { kind: "completed" });
      assert.ok(JSON.stringify(turns.messages[3]).includes("Half "));
    });

    it("B4.61 a summary that does not fit itself is made of half as much", async (test) => {
      const responder: Responder = ({ request: { messages = [] } }) => {
        const isSummary = JSON.stringify(messages.at(-1)).includes("Write that summary now");
        if (!isSummary) return messages.length > 3 ? overflow : answer;
        return messages.length > 3 ? overflow : { text: "Notes." };
      };
      const turns = await open(test, responder);
      for (const prompt of [first, second]) assert.deepEqual(await turns.session.send(prompt), { kind: "completed" });
      assert.deepEqual(await turns.session.send(third), { kind: "completed" });
      assert.deepEqual(turns.session.chat.compactions, [{ kind: "summary", id: 1, before: 2, text: "Notes." }]);
    });

    it("B4.61 where no summary fits, it is given up without an offer to do the same again", async (test) => {
      const turns = await open(test, [answer, overflow, overflow, overflow, answer]);
      await turns.session.send(first);
      assert.deepEqual(failureOf(await turns.session.send(second)), {
        kind: "context_overflow",
        message:
          "The conversation is too long for the model, and what a summary would be made from is too: start a new chat, or select a model with a larger window.",
        actions: ["select-model"],
        cutOff: false,
      });
    });

    it("B4.61 Compact with nothing to leave out says so, and sends nothing", async (test) => {
      const turns = await open(test, [overflow, answer]);
      assert.ok(failureOf(await turns.session.send(first)).actions.includes("compact"));
      assert.deepEqual(failureOf(await turns.session.compact()), {
        kind: "context_overflow",
        message:
          "The conversation is too long for the model, and has nothing left to leave out: start a new chat, or select a model with a larger window.",
        actions: ["select-model"],
        cutOff: false,
      });
      assert.equal(turns.emulator.requests.length, 1);
    });

    it("B4.61 the limit that a refusal names is heeded before the next request", async (test) => {
      const told = httpErrorReply(400, "ValidationException", "prompt is too long: 300 tokens > 100 maximum");
      const long: Reply = { text: "word ".repeat(200) };
      const turns = await open(test, [long, told, { text: "Notes." }, long, { text: "More notes." }, answer]);
      await turns.session.send(first);
      assert.deepEqual(await turns.session.send(second), { kind: "completed" });
      assert.equal(turns.emulator.requests.length, 4);
      assert.deepEqual(await turns.session.send(third), { kind: "completed" });
      assert.deepEqual(steps(turns).slice(-5), ["compacting", "compaction", "step-start", "text-delta", "turn-end"]);
      assert.equal(turns.emulator.requests.length, 6);
    });
  });
}
