import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { RawEvent } from "../../src/emulator/script-schema.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { frame, openTalk } from "../support/wire-talk.ts";

useOwnEnvironment();

const completed = { kind: "completed" };
const counted = { inputTokens: 11, outputTokens: 3, cacheReadInputTokens: 5, cacheWriteInputTokens: 7 };
const said = [frame.text(0, "Said."), frame.stop(0)];
const usage: RawEvent = {
  event: "metadata",
  payload: { usage: { ...counted, totalTokens: 26 }, metrics: { latencyMs: 1 } },
};
const kept = [
  { role: "user", content: [{ text: "Hi" }] },
  { role: "assistant", content: [{ text: "Said." }] },
];

/** The usage of each step. */
function usages(events: readonly ChatEvent[]): readonly unknown[] {
  return events.flatMap((event) => (event.type === "step-end" ? [event.usage] : []));
}

for (const transport of transports) {
  describe(`usage over ${nameOf(transport)}`, () => {
    it("B2.33 usage is taken before the message's end as well as after it", async (test) => {
      for (const events of [
        [...said, usage, frame.end()],
        [...said, frame.end(), usage],
      ]) {
        const talk = await openTalk(test, transport, [{ events }]);
        assert.deepEqual(await talk.say("Hi"), completed);
        assert.deepEqual(talk.messages, kept);
        assert.deepEqual(usages(talk.events), [counted]);
        assert.deepEqual(talk.session.chat.past[0]?.usage, counted);
      }
    });

    it("B2.33 usage that does not come is not waited for: the answer is whole, and the connection closed", async (test) => {
      const anHour = 3_600_000;
      const events = [...said, frame.end(), { ...usage, delayMs: anHour }];
      const talk = await openTalk(test, transport, [{ events }, { text: "Fine." }]);
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(talk.messages, kept);
      assert.deepEqual(usages(talk.events), [null]);
      assert.deepEqual(await talk.say("More"), completed);
      assert.deepEqual(
        talk.emulator.requests.map(({ closedByClient }) => closedByClient),
        [true, false],
      );
    });

    it("B2.34 a turn without usage is complete, and its usage is unknown, not zero", async (test) => {
      const unreadable: RawEvent = { event: "metadata", payload: { metrics: { latencyMs: 1 } } };
      for (const events of [
        [...said, frame.end()],
        [...said, frame.end(), unreadable],
      ]) {
        const talk = await openTalk(test, transport, [{ events }]);
        assert.deepEqual(await talk.say("Hi"), completed);
        assert.deepEqual(talk.messages, kept);
        assert.deepEqual(usages(talk.events), [null]);
        assert.equal(talk.session.chat.past[0]?.usage, null);
      }
    });
  });
}
