import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { RequestPace } from "../../../src/agent/request-pace.ts";
import { makeRoom } from "../../../src/chat/make-room.ts";
import { fakeTiming } from "../../support/fake-timing.ts";
import { messageStop, ScriptedModel, textBlock } from "../../support/scripted-model.ts";

const say = (role: "user" | "assistant", characters: number): Message => {
  return { role, content: [{ text: "x".repeat(characters) }] };
};

/** How many model calls it takes to make room in a chat with so much before its last prompt, and so much in it. */
async function callsFor(earlier: number, prompt: number): Promise<number> {
  const model = new ScriptedModel([...textBlock(0, "Short."), messageStop("end_turn")]);
  await makeRoom({
    history: [say("user", earlier / 2), say("assistant", earlier / 2), say("user", prompt)],
    system: "",
    tools: [],
    current: undefined,
    id: 1,
    answerer: async () => ({ model, pace: new RequestPace() }),
    emit: () => undefined,
    signal: new AbortController().signal,
    limits: { retries: 0, longestWaitMs: 1 },
    timing: fakeTiming(),
  });
  return model.requests.length;
}

describe("makeRoom", () => {
  it("asks for no summary that cannot save a quarter of the conversation", async () => {
    assert.equal(await callsFor(40_000, 100_000), 1);
    assert.equal(await callsFor(20_000, 100_000), 0);
  });
});
