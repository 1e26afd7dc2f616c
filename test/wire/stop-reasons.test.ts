import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { faultyReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { fakeTiming } from "../support/fake-timing.ts";
import { fakeTool } from "../support/fake-tool.ts";
import { shownParts } from "../support/shown-parts.ts";
import { member, nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns, type WireTurns } from "../support/wire-session.ts";

useOwnEnvironment();

const hi = { text: "Hi", attachments: [] };
const prompt: Message = { role: "user", content: [{ text: "Hi" }] };
const whole: Reply = { text: "Whole." };
const answer: Message = { role: "assistant", content: [{ text: "Whole." }] };
const calling: Reply = { toolUses: [{ name: "look", input: { at: 1 }, toolUseId: "t1" }] };
const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };

/** The results of tools in a message. */
function results(message: Message | undefined) {
  return message?.content?.map(({ toolResult }) => [toolResult?.toolUseId, toolResult?.status, toolResult?.content]);
}

function sentMessages({ emulator }: WireTurns, index: number): unknown {
  return member(emulator.requests[index]?.body, "messages");
}

for (const transport of transports) {
  const open = async (test: TestContext, replies: readonly Reply[], options: { retries?: number } = {}) => {
    const ran: string[] = [];
    const look = fakeTool("look", () => ({
      run: async () => {
        ran.push("look");
        return { content: [{ text: "found it" }], title: "Looked" };
      },
    }));
    const turns = await openWireTurns(test, transport, replies, {
      tools: [look],
      timing: fakeTiming(),
      compaction: "automatic",
      ...options,
    });
    return { ...turns, ran };
  };

  describe(`the end of an answer over ${nameOf(transport)}`, () => {
    it("B3.40 a stream that ends without messageStop fails as incomplete, with what it brought shown", async (test) => {
      const cut = faultyReply({ kind: "no-message-stop" });
      const { session, messages } = await open(test, [{ ...cut, text: "Half of" }], { retries: 0 });
      const outcome = await session.send(hi);
      assert.equal(outcome?.kind === "failed" && outcome.error.kind, "truncated_stream");
      assert.equal(outcome?.kind === "failed" && outcome.cutOff, true);
      assert.deepEqual(shownParts(session.chat), [[1, "Half of"]]);
      assert.deepEqual(messages, [prompt]);
    });

    it("B3.41 an empty body is asked for again, and is incomplete where that brings no more", async (test) => {
      const empty = faultyReply({ kind: "empty-body" });
      const { session, emulator, messages } = await open(test, [empty, whole, empty], {});
      assert.deepEqual(await session.send(hi), { kind: "completed" });
      assert.deepEqual(messages, [prompt, answer]);
      assert.deepEqual(emulator.requests[1]?.body, emulator.requests[0]?.body);
      const alone = await open(test, [empty], { retries: 0 });
      const outcome = await alone.session.send(hi);
      assert.equal(outcome?.kind === "failed" && outcome.error.kind, "empty_stream");
    });

    it("B3.42 no tool runs of a message whose end did not come", async (test) => {
      const cut: Reply = { ...calling, fault: { kind: "no-message-stop" } };
      const { session, ran, events } = await open(test, [cut, cut, cut], { retries: 1 });
      const outcome = await session.send(hi);
      assert.equal(outcome?.kind, "failed");
      assert.deepEqual(ran, []);
      assert.equal(
        events.some(({ type }) => type === "tool-running" || type === "tool-awaiting-approval"),
        false,
      );
    });

    it("B3.43 tool_use runs every call of the message", async (test) => {
      const two: Reply = {
        toolUses: [
          { name: "look", input: {}, toolUseId: "t1" },
          { name: "look", input: {}, toolUseId: "t2" },
        ],
      };
      const { session, ran, messages } = await open(test, [two, whole]);
      assert.deepEqual(await session.send(hi), { kind: "completed" });
      assert.equal(ran.length, 2);
      assert.deepEqual(results(messages[2]), [
        ["t1", "success", [{ text: "found it" }]],
        ["t2", "success", [{ text: "found it" }]],
      ]);
    });

    it("B3.43 tool_use without a call is asked for once more, then it is the model's error", async (test) => {
      const none: Reply = { text: "I look.", stopReason: "tool_use" };
      const mended = await open(test, [none, whole]);
      assert.deepEqual(await mended.session.send(hi), { kind: "completed" });
      assert.deepEqual(mended.messages, [prompt, answer]);
      const { session, emulator } = await open(test, [none, none, whole]);
      const outcome = await session.send(hi);
      assert.equal(outcome?.kind === "failed" && outcome.error.kind, "model_error");
      assert.equal(emulator.requests.length, 2);
    });

    for (const [line, stopReason] of [
      ["B3.44", "end_turn"],
      ["B3.44", "stop_sequence"],
      ["B3.51", "a_reason_of_tomorrow"],
    ] as const) {
      it(`${line} calls in a message that ends by ${stopReason} are run and answered`, async (test) => {
        const { session, ran, messages } = await open(test, [{ ...calling, stopReason }, whole]);
        assert.deepEqual(await session.send(hi), { kind: "completed" });
        assert.deepEqual(ran, ["look"]);
        assert.deepEqual(results(messages[2]), [["t1", "success", [{ text: "found it" }]]]);
        assert.deepEqual(messages[3], answer);
      });
    }

    it("B3.51 a text that ends by an unknown reason ends the turn, and the reason is told to the log", async (test) => {
      const { session, events, messages } = await open(test, [{ ...whole, stopReason: "a_reason_of_tomorrow" }]);
      assert.deepEqual(await session.send(hi), { kind: "completed" });
      assert.deepEqual(messages, [prompt, answer]);
      assert.deepEqual(
        events.flatMap((event) => (event.type === "step-end" ? [event.stopReason] : [])),
        ["a_reason_of_tomorrow"],
      );
    });

    it("B3.45 max_tokens is a cut answer, and Continue goes on behind it", async (test) => {
      const turns = await open(test, [{ text: "Half and", stopReason: "max_tokens" }, { text: " half." }]);
      const { session } = turns;
      assert.deepEqual(await session.send(hi), { kind: "max-tokens" });
      assert.deepEqual(await session.continue(), { kind: "completed" });
      assert.deepEqual(shownParts(session.chat), [
        [1, "Half and"],
        [2, " half."],
      ]);
      assert.deepEqual(member(sentMessages(turns, 1), 1), { role: "assistant", content: [{ text: "Half and" }] });
      assert.equal(member(sentMessages(turns, 1), 2, "role"), "user");
    });

    it("B3.46 a full context window sends a shorter conversation, and counts the dropped answer", async (test) => {
      const full: Reply = { text: "Lost", stopReason: "model_context_window_exceeded", usage };
      const turns = await open(test, [whole, full, { text: "Notes.", usage }, { text: "Short.", usage }]);
      const { session, events, emulator } = turns;
      await session.send(hi);
      const before = session.chat.past[0]?.usage?.inputTokens ?? 0;
      assert.ok(before > 0);
      assert.deepEqual(await session.send({ text: "And?", attachments: [] }), { kind: "completed" });
      assert.equal(emulator.requests.length, 4);
      assert.deepEqual(sentMessages(turns, 3), [
        {
          role: "user",
          content: [{ text: "Summary of the conversation so far:\n\nNotes." }, { text: "And?" }],
        },
      ]);
      assert.deepEqual(
        events.flatMap((event) => (event.type === "compaction" ? [event.compaction.kind] : [])),
        ["summary"],
      );
      const [, turn] = session.chat.past;
      assert.deepEqual([turn?.usage?.inputTokens, turn?.usage?.outputTokens], [30, 15]);
      assert.deepEqual(
        turn?.parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])),
        ["Short."],
      );
    });

    it("B3.46 with nothing to leave out it is told, and not asked for again", async (test) => {
      const full: Reply = { text: "So far", stopReason: "model_context_window_exceeded" };
      const { session, emulator } = await open(test, [full, whole]);
      assert.deepEqual(await session.send(hi), { kind: "stopped", stopReason: "model_context_window_exceeded" });
      assert.equal(emulator.requests.length, 1);
    });

    for (const stopReason of ["malformed_tool_use", "malformed_model_output"]) {
      it(`B3.47 ${stopReason} is asked for once more, and is the model's error the second time`, async (test) => {
        const malformed: Reply = { ...calling, stopReason };
        const mended = await open(test, [malformed, whole]);
        assert.deepEqual(await mended.session.send(hi), { kind: "completed" });
        assert.deepEqual(mended.messages, [prompt, answer]);
        assert.equal(mended.emulator.requests.length, 2);
        const { session, emulator, ran, messages } = await open(test, [malformed, malformed, whole]);
        const outcome = await session.send(hi);
        const kind = stopReason === "malformed_tool_use" ? "malformed_tool_use" : "model_error";
        assert.equal(outcome?.kind === "failed" && outcome.error.kind, kind);
        assert.equal(emulator.requests.length, 2);
        assert.deepEqual(ran, []);
        assert.deepEqual(messages, [prompt]);
      });
    }

    it("B3.50 filtered content is told as such, runs nothing and is not asked for again", async (test) => {
      const filtered: Reply = { text: "I cannot", ...calling, stopReason: "content_filtered" };
      const { session, emulator, ran } = await open(test, [filtered, whole]);
      assert.deepEqual(await session.send(hi), { kind: "stopped", stopReason: "content_filtered" });
      assert.deepEqual([emulator.requests.length, ran], [1, []]);
      assert.deepEqual(await session.send({ text: "Another way", attachments: [] }), { kind: "completed" });
    });
  });
}
