import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { RawEvent, Reply } from "../../src/emulator/script-schema.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { answeringTool } from "../support/fake-tool.ts";
import { nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { frame, openTalk } from "../support/wire-talk.ts";

useOwnEnvironment();

const completed = { kind: "completed" };
const tools = [answeringTool("look", "seen")];
const question = { role: "user", content: [{ text: "Hi" }] };
const answer = {
  role: "user",
  content: [{ toolResult: { toolUseId: "t1", status: "success", content: [{ text: "seen" }] } }],
};
const called = { toolUse: { toolUseId: "t1", name: "look", input: {} } };
const look: readonly RawEvent[] = [frame.tool(1, "t1", "look"), frame.stop(1), frame.end("tool_use")];

/** What the screen gets, delta by delta. */
function shown(events: readonly ChatEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === "text-delta") return [`text ${event.block} ${event.text}`];
    return event.type === "reasoning-delta" ? [`reasoning ${event.block} ${event.text}`] : [];
  });
}

for (const transport of transports) {
  describe(`reasoning over ${nameOf(transport)}`, () => {
    it("B2.25 text and signature belong to one block and come back byte for byte", async (test) => {
      const texts = ["  Stations:\n", "", "\tWZPZ…", " 🛰 \n\n"];
      const signatures = ["EqQBCk", "gIBBAB", "GAIi=="];
      const events = [
        ...texts.map((text) => frame.delta(0, { reasoningContent: { text } })),
        ...signatures.map((signature) => frame.delta(0, { reasoningContent: { signature } })),
        frame.stop(0),
        ...look,
      ];
      const talk = await openTalk(test, transport, [{ events }, { text: "Fine." }], { tools });
      assert.deepEqual(await talk.say("Hi"), completed);
      const text = "  Stations:\n\tWZPZ… 🛰 \n\n";
      const reasoned = { reasoningContent: { reasoningText: { text, signature: "EqQBCkgIBBABGAIi==" } } };
      assert.deepEqual(talk.messages[1], { role: "assistant", content: [reasoned, called] });
      assert.deepEqual(talk.sent(1), [question, { role: "assistant", content: [reasoned, called] }, answer]);
      assert.deepEqual(shown(talk.events), [
        "reasoning 0   Stations:\n",
        "reasoning 0 \tWZPZ…",
        "reasoning 0  🛰 \n\n",
        "text 0 Fine.",
      ]);
    });

    it("B2.26 a block with a signature and no text is kept and sent back", async (test) => {
      const events = [frame.delta(0, { reasoningContent: { signature: "sig" } }), frame.stop(0), ...look];
      const talk = await openTalk(test, transport, [{ events }, { text: "Fine." }], { tools });
      assert.deepEqual(await talk.say("Hi"), completed);
      const reasoned = { reasoningContent: { reasoningText: { text: "", signature: "sig" } } };
      assert.deepEqual(talk.sent(1), [question, { role: "assistant", content: [reasoned, called] }, answer]);
      assert.deepEqual(shown(talk.events), ["text 0 Fine."]);
    });

    it("B2.27 redacted reasoning is joined, kept as bytes, sent back and never shown", async (test) => {
      const bytes = Uint8Array.from({ length: 256 }, (_, value) => value);
      const parts = [bytes.subarray(0, 100), bytes.subarray(100)];
      const events = [
        ...parts.map((part) =>
          frame.delta(0, { reasoningContent: { redactedContent: Buffer.from(part).toString("base64") } }),
        ),
        frame.stop(0),
        ...look,
      ];
      const talk = await openTalk(test, transport, [{ events }, { text: "Fine." }], { tools });
      assert.deepEqual(await talk.say("Hi"), completed);
      const content = [{ reasoningContent: { redactedContent: bytes } }, called];
      assert.deepEqual(talk.messages[1], { role: "assistant", content });
      const wireContent = [{ reasoningContent: { redactedContent: Buffer.from(bytes).toString("base64") } }, called];
      assert.deepEqual(talk.sent(1), [question, { role: "assistant", content: wireContent }, answer]);
      assert.deepEqual(shown(talk.events), ["text 0 Fine."]);
    });

    it("B2.28 empty deltas show no empty block and leave none", async (test) => {
      const events = [
        frame.delta(0, { reasoningContent: { text: "" } }),
        frame.delta(0, { reasoningContent: { text: "" } }),
        frame.stop(0),
        frame.text(1, ""),
        frame.text(1, "Said."),
        frame.stop(1),
        frame.end(),
      ];
      const talk = await openTalk(test, transport, [{ events }]);
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(talk.messages, [question, { role: "assistant", content: [{ text: "Said." }] }]);
      assert.deepEqual(shown(talk.events), ["text 1 Said."]);
      assert.deepEqual(
        talk.session.chat.past[0]?.parts.map(({ kind }) => kind),
        ["text"],
      );
    });

    it("B2.39 thinking that Nova writes into its text is shown as thinking and sent back in no form", async (test) => {
      const replies: readonly Reply[] = [
        {
          text: ["<thin", "king> The station is", " <WZPZ>.", "</think", "ing>", "\n\nI'll", " look.\n"],
          toolUses: [{ name: "look", toolUseId: "t1", input: {} }],
          chunking: { bytes: 7 },
        },
        { text: ["<thinking>Seen.", "</thinking>", "It is there: `<thinking>`"] },
        { text: "Bye." },
      ];
      const modelId = "us.amazon.nova-pro-v1:0";
      const talk = await openTalk(test, transport, replies, { tools, modelId });
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(await talk.say("Thanks"), completed);
      const first = { role: "assistant", content: [{ text: "I'll look.\n" }, called] };
      const second = { role: "assistant", content: [{ text: "It is there: `<thinking>`" }] };
      assert.deepEqual(talk.messages.slice(0, 4), [question, first, answer, second]);
      assert.deepEqual(talk.sent(1), [question, first, answer]);
      assert.deepEqual(talk.sent(2), [
        question,
        first,
        answer,
        second,
        { role: "user", content: [{ text: "Thanks" }] },
      ]);
      assert.deepEqual(shown(talk.events), [
        "reasoning 0  The station is",
        "reasoning 0  <WZPZ>.",
        "text 1 I'll",
        "text 1  look.\n",
        "reasoning 0 Seen.",
        "text 1 It is there: `<thinking>`",
        "text 0 Bye.",
      ]);
    });

    it("B2.39 thinking that Nova does not close is no part of the answer", async (test) => {
      const text = ["<thinking>", "So far"];
      const replies: readonly Reply[] = [{ text, stopReason: "max_tokens" }, { text: "Fine." }];
      const talk = await openTalk(test, transport, replies, { modelId: "amazon.nova-lite-v1:0" });
      assert.deepEqual(await talk.say("Hi"), { kind: "max-tokens" });
      assert.deepEqual(talk.messages, [question]);
      assert.deepEqual(shown(talk.events), ["reasoning 0 So far"]);
      assert.deepEqual(await talk.say("Go on"), completed);
      assert.equal(talk.emulator.requests[1]?.status, 200);
    });

    it("B2.39 other models may write the tag: it stays in their text", async (test) => {
      for (const modelId of ["us.amazon.nova-2-lite-v1:0", "global.anthropic.claude-sonnet-4-5-20250929-v1:0"]) {
        const talk = await openTalk(test, transport, [{ text: "<thinking>a</thinking>b" }], { modelId });
        assert.deepEqual(await talk.say("Hi"), completed);
        const said = { role: "assistant", content: [{ text: "<thinking>a</thinking>b" }] };
        assert.deepEqual(talk.messages, [question, said]);
      }
    });
  });
}
