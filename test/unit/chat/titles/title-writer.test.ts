import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Model } from "../../../../src/agent/model.ts";
import type { Timing } from "../../../../src/agent/timing.ts";
import { asTitle } from "../../../../src/chat/titles/as-title.ts";
import { TitleWriter } from "../../../../src/chat/titles/title-writer.ts";
import { createSession } from "../../../support/create-session.ts";
import { fakeTiming } from "../../../support/fake-timing.ts";
import { heldTiming } from "../../../support/held-timing.ts";
import {
  messageStop,
  modelError,
  type ReplyPart,
  ScriptedModel,
  textBlock,
  toolBlock,
  untilStopped,
  usage,
} from "../../../support/scripted-model.ts";

const hello = [...textBlock(0, "It is in retry.ts."), messageStop("end_turn"), usage(10, 2)];
const named = [
  ...toolBlock(0, "t1", "name_chat", '{"title":"\\"Retry delay.\\""}'),
  messageStop("tool_use"),
  usage(7, 3),
];
const prompt = { text: "Where is the retry delay\nof the poller?", attachments: [] };

async function chat(first: readonly ReplyPart[], model: Model | undefined, isOn = true, timing: Timing = heldTiming()) {
  const { session, stored } = createSession(new ScriptedModel(first, hello));
  const writer = new TitleWriter({ session, isOn: () => isOn, modelFor: () => model && (async () => model), timing });
  await session.send(prompt);
  const titles = () => stored.events.flatMap((event) => (event.type === "title" ? [event.title] : []));
  return { session, writer, titles };
}

describe("TitleWriter", () => {
  it("names a chat after its first turn, once, and counts what that took to the turn", async () => {
    const model = new ScriptedModel(named);
    const { session, writer, titles } = await chat(hello, model);
    await writer.settled();
    await session.send(prompt);
    await writer.settled();
    assert.deepEqual(titles(), ["Retry delay"]);
    assert.equal(session.chat.title, "Retry delay");
    assert.deepEqual(
      session.chat.past.map((turn) => [turn.usage?.inputTokens, turn.usage?.outputTokens]),
      [
        [17, 5],
        [10, 2],
      ],
    );
    const [request] = model.requests;
    assert.deepEqual(request?.toolConfig?.toolChoice, { tool: { name: "name_chat" } });
    assert.match(request?.messages?.[0]?.content?.[0]?.text ?? "", /retry delay[\s\S]*It is in retry\.ts\./);
  });

  it("takes the first words of the prompt where nobody may be asked, or the answer is none", async () => {
    for (const model of [
      undefined,
      new ScriptedModel([modelError("throttled", 8)]),
      new ScriptedModel([...textBlock(0, "No."), messageStop("end_turn")]),
    ]) {
      const { writer, titles } = await chat(hello, model);
      await writer.settled();
      assert.deepEqual(titles(), ["Where is the retry delay of the poller?"]);
    }
  });

  it("names none where titles are off, where the turn failed, and where the session has ended", async () => {
    const off = await chat(hello, new ScriptedModel(named), false);
    const failed = await chat([modelError("validation")], new ScriptedModel(named));
    const ended = await chat(hello, new ScriptedModel([untilStopped]));
    ended.writer.end();
    for (const { writer, titles } of [off, failed, ended]) {
      await writer.settled();
      assert.deepEqual(titles(), []);
    }
  });

  it("waits no longer than its limit", async () => {
    const { writer, titles } = await chat(hello, new ScriptedModel([untilStopped]), true, fakeTiming());
    await writer.settled();
    assert.deepEqual(titles(), ["Where is the retry delay of the poller?"]);
  });
});

describe("asTitle", () => {
  it("is one line of whole words", () => {
    assert.equal(asTitle(' "Fix the\n retry." '), "Fix the retry");
    assert.equal(asTitle(`${"word ".repeat(30)}`), `${"word ".repeat(11)}word…`);
    assert.equal(asTitle("x".repeat(90)), `${"x".repeat(60)}…`);
  });
});
