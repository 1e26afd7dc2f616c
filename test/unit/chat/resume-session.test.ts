import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { restoreSession } from "../../../src/chat/restore-session.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { createSession } from "../../support/create-session.ts";
import { answeringTool, fakeTool } from "../../support/fake-tool.ts";
import {
  messageStop,
  modelError,
  type ReplyPart,
  ScriptedModel,
  textBlock,
  textDelta,
  toolBlock,
  untilStopped,
} from "../../support/scripted-model.ts";
import { shownParts } from "../../support/shown-parts.ts";

const hello = [...textBlock(0, "Hel", "lo"), messageStop("end_turn")];
const calling = (name: string) => [...toolBlock(0, "t1", name), messageStop("tool_use")];
const prompt = (text = "Hi") => ({ text, attachments: [] });

describe("ChatSession, resume", () => {
  it("puts the new attempt in the place of the failed step, with the same messages", async () => {
    const look = answeringTool("look", "found");
    const model = new ScriptedModel(calling("look"), [textDelta(0, "Lost"), modelError("validation")], hello);
    const { session } = createSession(model, { tools: () => [look] });
    assert.equal((await session.send(prompt()))?.kind, "failed");
    assert.deepEqual(shownParts(session.chat), [
      [1, "Did look"],
      [2, "Lost"],
    ]);
    assert.deepEqual(await session.resume(), { kind: "completed" });
    assert.deepEqual(shownParts(session.chat), [
      [1, "Did look"],
      [2, "Hello"],
    ]);
    assert.deepEqual(model.requests[2], model.requests[1]);
    assert.equal(session.chat.past.length, 1);
  });

  it("goes on with the next step after the step limit", async () => {
    const model = new ScriptedModel(calling("look"), hello);
    const { session } = createSession(model, {
      tools: () => [answeringTool("look", "found")],
      settings: () => ({
        connection: { kind: "demo" },
        maxSteps: 1,
        limits: { retries: 0, longestWaitMs: 1 },
        compaction: "automatic",
      }),
    });
    assert.deepEqual(await session.send(prompt()), { kind: "step-limit", steps: 1 });
    assert.deepEqual(await session.resume(), { kind: "completed" });
    assert.deepEqual(shownParts(session.chat), [
      [1, "Did look"],
      [2, "Hello"],
    ]);
  });

  it("replaces the step in whose middle the window had closed", async () => {
    const { stored } = await interruptedAt("text-delta", [textDelta(0, "Half"), untilStopped]);
    const model = new ScriptedModel(hello);
    const { session } = createSession(model, { start: restoreSession(stored, 2_000) });
    assert.deepEqual(shownParts(session.chat), [[1, "Half"]]);
    assert.deepEqual(await session.resume(), { kind: "completed" });
    assert.deepEqual(shownParts(session.chat), [[1, "Hello"]]);
    assert.deepEqual(model.requests[0]?.messages, [{ role: "user", content: [{ text: "Hi" }] }]);
  });

  it("keeps the step whose tools were running when the window closed, and tells the model", async () => {
    const { stored } = await interruptedAt("tool-running", calling("hang"));
    const model = new ScriptedModel(hello);
    const hang = fakeTool("hang", () => ({ run: () => new Promise(() => undefined) }));
    const { session } = createSession(model, { start: restoreSession(stored, 2_000), tools: () => [hang] });
    assert.deepEqual(await session.resume(), { kind: "completed" });
    assert.deepEqual(shownParts(session.chat), [
      [1, "Doing hang"],
      [2, "Hello"],
    ]);
    assert.deepEqual(model.requests[0]?.messages?.at(-1), {
      role: "user",
      content: [
        {
          toolResult: {
            toolUseId: "t1",
            status: "error",
            content: [{ text: "This call was interrupted; it is not known to have run. Check before doing it again." }],
          },
        },
      ],
    });
  });

  it("has nothing to go on with in an empty chat and after a whole answer", async () => {
    const { session, stored } = createSession(new ScriptedModel(hello));
    assert.equal(await session.resume(), undefined);
    await session.send(prompt());
    const events = stored.events.length;
    assert.equal(await session.resume(), undefined);
    assert.equal(stored.events.length, events);
  });
});

/** What a journal holds of a turn whose process ended at the first event of this type. */
async function interruptedAt(type: ChatEvent["type"], reply: readonly ReplyPart[]) {
  const hang = fakeTool("hang", () => ({ run: () => new Promise(() => undefined) }));
  const { session, stored } = createSession(new ScriptedModel(reply), { tools: () => [hang] });
  const left = await new Promise<{ events: ChatEvent[]; messages: typeof stored.messages }>((resolve, reject) => {
    session.subscribe((event) => {
      if (event.type === type) resolve({ events: [...stored.events], messages: [...stored.messages] });
    });
    session.send(prompt()).then(() => reject(new Error(`The turn ended without ${type}.`)), reject);
  });
  session.stop();
  await session.settled();
  return { stored: { sessionId: "s1", ...left } };
}
