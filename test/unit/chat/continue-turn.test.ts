import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { RequestPace } from "../../../src/agent/request-pace.ts";
import { restoreSession } from "../../../src/chat/restore-session.ts";
import { assertAccepted } from "../../support/accepted-by-bedrock.ts";
import { createSession } from "../../support/create-session.ts";
import { answeringTool } from "../../support/fake-tool.ts";
import {
  messageStop,
  modelError,
  ScriptedModel,
  silentError,
  textBlock,
  textDelta,
  toolBlock,
  toolDelta,
  toolStart,
} from "../../support/scripted-model.ts";
import { shownParts } from "../../support/shown-parts.ts";

const lo = [...textBlock(0, "lo"), messageStop("end_turn")];
const look = answeringTool("look", "found");
const calling = [...textBlock(0, "I look."), ...toolBlock(1, "t1", "look"), messageStop("tool_use")];
const prompt = { text: "Hi", attachments: [] };
const asked: Message = { role: "user", content: [{ text: "Hi" }] };
const said = (text: string): Message => ({ role: "assistant", content: [{ text }] });
const told = (text: string): Message => ({ role: "user", content: [{ text }] });
const byConnection =
  "Your previous answer was cut off by a connection error. Continue exactly where it stopped, without repeating any of it.";
const byLimit =
  "Your previous answer was cut off at the output limit. Continue exactly where it stopped, without repeating any of it.";

describe("ChatSession, continue", () => {
  it("goes on behind the part of a broken answer, and ends the request with a user message", async () => {
    const model = new ScriptedModel([textDelta(0, "Hel"), modelError("validation")], lo);
    const { session, stored } = createSession(model);
    const outcome = await session.send(prompt);
    assert.equal(outcome?.kind === "failed" && outcome.cutOff, true);
    assert.deepEqual(await session.continue(), { kind: "completed" });
    assert.deepEqual(shownParts(session.chat), [
      [1, "Hel"],
      [2, "lo"],
    ]);
    assert.deepEqual(model.requests[1]?.messages, [asked, said("Hel"), told(byConnection)]);
    assert.deepEqual(stored.messages, [asked, said("Hel"), told(byConnection), said("lo")]);
    assertAccepted(stored.messages);
  });

  it("B4.74 goes on behind much text that was not thrown away", async () => {
    const much = "x".repeat(1_501);
    const model = new ScriptedModel([textDelta(0, much), silentError("truncated_stream")], lo);
    const { session } = createSession(model);
    const outcome = await session.send(prompt);
    assert.equal(outcome?.kind === "failed" && outcome.cutOff, true);
    assert.equal(model.requests.length, 1);
    assert.deepEqual(await session.continue(), { kind: "completed" });
    assert.deepEqual(shownParts(session.chat), [
      [1, much],
      [2, "lo"],
    ]);
  });

  it("tells the model that a half tool call did not happen, and sends nothing of it", async () => {
    const half = [...textBlock(0, "I look."), toolStart(1, "t1", "look"), toolDelta(1, '{"a":'), modelError("network")];
    const model = new ScriptedModel(half, lo);
    const { session } = createSession(model, { tools: () => [look] });
    assert.equal((await session.send(prompt))?.kind, "failed");
    await session.continue();
    const lost = `${byConnection} The call of look that you had begun did not happen.`;
    assert.deepEqual(model.requests[1]?.messages, [asked, said("I look."), told(lost)]);
    const [card] = session.chat.past[0]?.parts.flatMap((part) => (part.kind === "tool" ? part.call.status : [])) ?? [];
    assert.deepEqual(card, { kind: "cancelled", result: "", durationMs: 0, notStarted: true });
  });

  it("goes on behind the text that was shown when the window closed", async () => {
    const first = createSession(new ScriptedModel([textDelta(0, "Hel"), modelError("network")]));
    await first.session.send(prompt);
    const events = first.stored.events.slice(0, -1);
    const start = restoreSession({ sessionId: "s1", events, messages: first.stored.messages }, 2_000);
    const model = new ScriptedModel(lo);
    const { session } = createSession(model, { start });
    assert.deepEqual(await session.continue(), { kind: "completed" });
    assert.deepEqual(model.requests[0]?.messages, [asked, said("Hel"), told(byConnection)]);
  });

  it("B3.45 goes on behind an answer that the output limit cut", async () => {
    const model = new ScriptedModel([...textBlock(0, "Hel"), messageStop("max_tokens")], lo);
    const { session } = createSession(model);
    assert.deepEqual(await session.send(prompt), { kind: "max-tokens" });
    assert.deepEqual(await session.continue(), { kind: "completed" });
    assert.deepEqual(model.requests[1]?.messages, [asked, said("Hel"), told(byLimit)]);
    assert.deepEqual(shownParts(session.chat), [
      [1, "Hel"],
      [2, "lo"],
    ]);
  });

  it("B2.24 goes on from the refusal of a call that the output limit cut", async () => {
    const cut = [...toolBlock(0, "t1", "look", '{"a":'), messageStop("max_tokens")];
    const model = new ScriptedModel(cut, lo);
    const { session, stored } = createSession(model, { tools: () => [look] });
    assert.deepEqual(await session.send(prompt), { kind: "max-tokens" });
    assert.deepEqual(await session.continue(), { kind: "completed" });
    const [result] = model.requests[1]?.messages?.at(-1)?.content ?? [];
    assert.equal(result?.toolResult?.status, "error");
    assert.equal(model.requests[1]?.messages?.length, 3);
    assertAccepted(stored.messages);
  });

  it("can be done again behind an answer that breaks off again", async () => {
    const reset = modelError("validation");
    const model = new ScriptedModel([textDelta(0, "H"), reset], [textDelta(0, "el"), reset], lo);
    const { session, stored } = createSession(model);
    await session.send(prompt);
    assert.equal((await session.continue())?.kind, "failed");
    assert.deepEqual(await session.continue(), { kind: "completed" });
    const texts = shownParts(session.chat).map(([, text]) => text);
    assert.equal(texts.join(""), "Hello");
    assert.deepEqual(
      stored.messages.map(({ role }) => role),
      ["user", "assistant", "user", "assistant", "user", "assistant"],
    );
    assertAccepted(stored.messages);
  });

  it("has nothing to go on with after a whole answer, a stop, a failure that showed nothing, and in an empty chat", async () => {
    const endings = [
      [lo],
      [[modelError("validation")]],
      [[toolStart(0, "t1", "look"), modelError("validation")]],
      [[...textBlock(0, "no"), messageStop("content_filtered")]],
    ];
    for (const replies of endings) {
      const { session, stored } = createSession(new ScriptedModel(...replies), { tools: () => [look] });
      assert.equal(await session.continue(), undefined);
      await session.send(prompt);
      const events = stored.events.length;
      assert.equal(await session.continue(), undefined);
      assert.equal(stored.events.length, events);
    }
  });
});

describe("ChatSession, a malformed answer", () => {
  it("B3.47 is replaced when it is asked for again, and is nothing to continue", async () => {
    const malformed = [...textBlock(0, "I call"), messageStop("malformed_tool_use")];
    const { session, stored } = createSession(new ScriptedModel(malformed, malformed, lo));
    const outcome = await session.send(prompt);
    assert.deepEqual(outcome?.kind === "failed" && [outcome.error.kind, outcome.cutOff], ["malformed_tool_use", false]);
    assert.deepEqual(await session.resume(), { kind: "completed" });
    assert.deepEqual(shownParts(session.chat), [
      [1, "recovered"],
      [1, "lo"],
    ]);
    assert.deepEqual(stored.messages, [asked, said("lo")]);
  });
});

describe("ChatSession, a step that fails before it has begun", () => {
  /** A session whose connection fails once, after so many that were made. */
  function failingOnce(model: ScriptedModel, made: number) {
    const pace = new RequestPace({ requests: 1, tokens: 1 });
    let connects = 0;
    return createSession(model, {
      tools: () => [look],
      connect: async () => {
        if (connects++ === made) throw modelError("credentials");
        return { model, pace };
      },
    });
  }

  it("is tried again behind the step before it, whose text and tool cards stay", async () => {
    const { session, stored } = failingOnce(new ScriptedModel(calling, lo), 1);
    const outcome = await session.send(prompt);
    assert.deepEqual(outcome?.kind === "failed" && [outcome.error.kind, outcome.cutOff], ["credentials", false]);
    assert.equal(await session.continue(), undefined);
    assert.deepEqual(await session.resume(), { kind: "completed" });
    assert.deepEqual(shownParts(session.chat), [
      [1, "I look."],
      [1, "Did look"],
      [2, "lo"],
    ]);
    assert.equal(stored.messages.length, 4);
    assertAccepted(stored.messages);
  });

  it("does not say the continued text twice, nor take it from the screen", async () => {
    const model = new ScriptedModel([textDelta(0, "Hel"), modelError("validation")], lo);
    const { session, stored } = failingOnce(model, 1);
    await session.send(prompt);
    assert.equal((await session.continue())?.kind, "failed");
    assert.equal(await session.continue(), undefined);
    assert.deepEqual(await session.resume(), { kind: "completed" });
    assert.deepEqual(stored.messages, [asked, said("Hel"), told(byConnection), said("lo")]);
    assert.deepEqual(shownParts(session.chat), [
      [1, "Hel"],
      [2, "lo"],
    ]);
  });

  it("says that the old text can be continued, where asking again failed before anything came", async () => {
    const model = new ScriptedModel([textDelta(0, "Hel"), modelError("validation")], lo);
    const { session, stored } = failingOnce(model, 1);
    await session.send(prompt);
    const outcome = await session.resume();
    assert.deepEqual(outcome?.kind === "failed" && [outcome.error.kind, outcome.cutOff], ["credentials", true]);
    assert.deepEqual(await session.continue(), { kind: "completed" });
    assert.deepEqual(stored.messages, [asked, said("Hel"), told(byConnection), said("lo")]);
  });
});
