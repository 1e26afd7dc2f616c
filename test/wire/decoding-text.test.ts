import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeOddities } from "../../src/agent/oddities.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { frame, openTalk } from "../support/wire-talk.ts";

useOwnEnvironment();

const completed = { kind: "completed" };
const user = (text: string) => ({ role: "user", content: [{ text }] });
const assistant = (...content: readonly object[]) => ({ role: "assistant", content });

for (const transport of transports) {
  describe(`text and unknown parts over ${nameOf(transport)}`, () => {
    it("B2.16 text deltas of one index are one block, though nothing opened it", async (test) => {
      const events = [frame.text(0, "One"), frame.text(0, " block"), frame.text(0, "."), frame.stop(0), frame.end()];
      const talk = await openTalk(test, transport, [{ events }, { text: "Fine." }]);
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(talk.messages, [user("Hi"), assistant({ text: "One block." })]);
      assert.deepEqual(shown(talk.events), ["text 0 One", "text 0  block", "text 0 ."]);
      assert.deepEqual(talk.oddities, []);
      await talk.say("More");
      assert.deepEqual(talk.sent(1), [user("Hi"), assistant({ text: "One block." }), user("More")]);
    });

    it("B2.17 an empty or unknown start is no block: the deltas decide what it is", async (test) => {
      const events = [
        frame.start(0, {}),
        frame.delta(0, { reasoningContent: { text: "Hm." } }),
        frame.delta(0, { reasoningContent: { signature: "sig" } }),
        frame.stop(0),
        frame.start(1, { hologram: {} }),
        frame.text(1, "So."),
        frame.stop(1),
        frame.end(),
      ];
      const talk = await openTalk(test, transport, [{ events }]);
      assert.deepEqual(await talk.say("Hi"), completed);
      const thought = { reasoningContent: { reasoningText: { text: "Hm.", signature: "sig" } } };
      assert.deepEqual(talk.messages[1], assistant(thought, { text: "So." }));
      assert.deepEqual(shown(talk.events), ["reasoning 0 Hm.", "text 1 So."]);
    });

    it("B2.18 frames that arrive byte by byte give the same events and the same message", async (test) => {
      const reply: Reply = {
        reasoning: { text: "Grüße, 世界 …", signature: "sig" },
        text: "Ein Tässchen ☕ für 👩‍👩‍👧‍👦, naïve café.",
        toolUses: [{ name: "none", input: { sign: "😀" }, toolUseId: "t1" }],
        stopReason: "max_tokens",
      };
      const whole = await openTalk(test, transport, [reply]);
      const cut = await openTalk(test, transport, [{ ...reply, chunking: { bytes: 1 } }]);
      await whole.say("Hi");
      await cut.say("Hi");
      assert.deepEqual(cut.messages, whole.messages);
      assert.deepEqual(shown(cut.events), shown(whole.events));
      assert.deepEqual(cut.messages[1]?.content?.slice(1), [
        { text: "Ein Tässchen ☕ für 👩‍👩‍👧‍👦, naïve café." },
        { toolUse: { toolUseId: "t1", name: "none", input: { sign: "😀" } } },
      ]);
    });

    it("B2.29 citations, images and results of server tools are passed over, the text beside them is kept", async (test) => {
      const events = [
        frame.text(0, "The page says "),
        frame.delta(0, { citation: { title: "A page", source: "https://example.com" } }),
        frame.text(0, "so."),
        frame.stop(0),
        frame.start(1, { image: { format: "png" } }),
        frame.delta(1, { image: { source: { bytes: "AQID" } } }),
        frame.stop(1),
        frame.start(2, { toolResult: { toolUseId: "srv", status: "success" } }),
        frame.delta(2, { toolResult: [{ text: "found" }] }),
        frame.stop(2),
        frame.end(),
      ];
      const talk = await openTalk(test, transport, [{ events }, { text: "Fine." }]);
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(talk.messages[1], assistant({ text: "The page says so." }));
      assert.deepEqual(talk.oddities, []);
      assert.deepEqual(await talk.say("More"), completed);
    });

    it("B2.30 what nobody knows is passed over and counted, once per answer and without a word of the answer", async (test) => {
      const events = [
        { event: "messageStart", payload: { role: "assistant", mood: "good" } },
        { event: "hologram", payload: { text: "secret" } },
        { event: "hologram", payload: {} },
        frame.start(0, { scent: { text: "secret" } }),
        frame.delta(0, { gesture: { text: "secret" } }),
        frame.delta(0, { reasoningContent: { feeling: "secret" } }),
        { event: "contentBlockDelta", payload: { contentBlockIndex: 0, delta: { text: "Said", tone: "secret" } } },
        { event: "contentBlockDelta", payload: { contentBlockIndex: 0, delta: { text: "." }, urgency: 1 } },
        frame.delta(0, { toolResult: [{ text: "secret", zest: "secret" }] }),
        frame.stop(0),
        {
          event: "messageStop",
          payload: { stopReason: "end_turn", additionalModelResponseFields: { free: { p: 1 } } },
        },
        { event: "secret words of the model", payload: {} },
      ];
      const talk = await openTalk(test, transport, [{ events }, { text: "Fine." }]);
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(talk.messages, [user("Hi"), assistant({ text: "Said." })]);
      assert.deepEqual(talk.oddities.map(Object.fromEntries), [
        {
          "unknown key:messageStart.mood": 1,
          "unknown event:hologram": 2,
          "unknown block start scent": 1,
          "unknown delta gesture": 1,
          "unknown reasoning delta feeling": 1,
          "unknown key:contentBlockDelta.delta.tone": 1,
          "unknown key:contentBlockDelta.urgency": 1,
          "unknown key:contentBlockDelta.delta.toolResult.zest": 1,
          "unknown of another name": 1,
        },
      ]);
      assert.doesNotMatch(talk.oddities.map(describeOddities).join(), /secret|Said/);
      assert.deepEqual(await talk.say("More"), completed);
      assert.equal(talk.oddities.length, 1);
    });

    it("B2.30 what was odd is counted of a stream that breaks off, too", async (test) => {
      const events = [{ event: "hologram", payload: {} }, frame.text(0, "So f")];
      const talk = await openTalk(test, transport, [{ events }]);
      assert.equal((await talk.say("Hi"))?.kind, "failed");
      assert.deepEqual(talk.oddities.map(Object.fromEntries), [{ "unknown event:hologram": 1 }]);
    });

    it("B2.32 without any index, deltas belong to the open block and a start opens the next", async (test) => {
      const events = [
        frame.delta(undefined, { reasoningContent: { text: "Hm." } }),
        frame.delta(undefined, { reasoningContent: { signature: "sig" } }),
        frame.stop(undefined),
        frame.text(undefined, "One "),
        frame.text(undefined, "two."),
        frame.stop(undefined),
        frame.start(undefined, { toolUse: { toolUseId: "t1", name: "nothing" } }),
        frame.input(undefined, '{"a":'),
        frame.input(undefined, "1}"),
        frame.start(undefined, { toolUse: { toolUseId: "t2", name: "nothing" } }),
        frame.stop(undefined),
        frame.end("tool_use"),
      ];
      const talk = await openTalk(test, transport, [{ events }, { text: "Fine." }]);
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(
        talk.messages[1],
        assistant(
          { reasoningContent: { reasoningText: { text: "Hm.", signature: "sig" } } },
          { text: "One two." },
          { toolUse: { toolUseId: "t1", name: "nothing", input: { a: 1 } } },
          { toolUse: { toolUseId: "t2", name: "nothing", input: {} } },
        ),
      );
      assert.deepEqual(talk.oddities.map(Object.fromEntries), [{ "no contentBlockIndex": 11 }]);
    });

    it("B2.36 a message that begins in another role is taken all the same, and that is counted", async (test) => {
      const events = [
        { event: "messageStart", payload: { role: "user" } },
        frame.text(0, "It is me."),
        frame.stop(0),
        frame.end(),
      ];
      const talk = await openTalk(test, transport, [{ events }, { text: "Fine." }]);
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(talk.messages, [user("Hi"), assistant({ text: "It is me." })]);
      assert.deepEqual(talk.oddities.map(Object.fromEntries), [{ "a message of role user": 1 }]);
      await talk.say("More");
      assert.deepEqual(talk.sent(1), [user("Hi"), assistant({ text: "It is me." }), user("More")]);
    });

    it("B2.37 a second end of a block and deltas behind it double nothing", async (test) => {
      const events = [
        frame.text(0, "Once."),
        frame.stop(0),
        frame.stop(0),
        frame.text(0, "Once."),
        frame.stop(0),
        frame.text(1, " Then."),
        frame.stop(1),
        frame.end(),
      ];
      const talk = await openTalk(test, transport, [{ events }]);
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(talk.messages[1], assistant({ text: "Once." }, { text: " Then." }));
      assert.deepEqual(shown(talk.events), ["text 0 Once.", "text 1  Then."]);
      assert.deepEqual(talk.oddities.map(Object.fromEntries), [
        { "a second end of a block": 2, "a delta behind its block's end": 1 },
      ]);
    });
  });
}

/** What the screen gets of the answers, delta by delta. */
function shown(events: readonly ChatEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === "text-delta") return [`text ${event.block} ${event.text}`];
    if (event.type === "reasoning-delta") return [`reasoning ${event.block} ${event.text}`];
    return event.type === "tool-input-delta" ? [`input ${event.id} ${event.fragment}`] : [];
  });
}
