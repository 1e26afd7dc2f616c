import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatSession } from "../../../../src/chat/chat-session.ts";
import { compactByCommand } from "../../../../src/vscode/sessions/compact-by-command.ts";
import { createSession } from "../../../support/create-session.ts";
import { messageStop, ScriptedModel, textBlock, untilStopped } from "../../../support/scripted-model.ts";

const say = (text: string) => [...textBlock(0, text), messageStop("end_turn")];
const long = "Much was said. ".repeat(2_000);

async function compact(session: ChatSession) {
  const told: string[] = [];
  const prefilled: string[] = [];
  await compactByCommand(session, {
    tell: (text) => void told.push(text),
    prefill: (text) => void prefilled.push(text),
  });
  return { told, prefilled };
}

describe("/compact", () => {
  it("UX33 while a request runs is refused in words, and in the composer again", async () => {
    const model = new ScriptedModel([...textBlock(0, "…"), untilStopped]);
    const { session } = createSession(model);
    const begun = new Promise<void>((resolve) => session.subscribe(({ type }) => type === "text-delta" && resolve()));
    const turn = session.send({ text: "go", attachments: [] });
    await begun;
    assert.deepEqual(await compact(session), {
      told: ["A chat cannot be made shorter while a request runs. Do it when the request has ended, or stop it first."],
      prefilled: ["/compact"],
    });
    assert.equal(model.requests.length, 1);
    session.stop();
    await turn;
  });

  it("UX33 makes the chat shorter where nothing runs", async () => {
    const { session } = createSession(new ScriptedModel(say(long), say("Second."), say("A summary.")));
    await session.send({ text: "one", attachments: [] });
    await session.send({ text: "two", attachments: [] });
    assert.deepEqual(await compact(session), { told: [], prefilled: [] });
    assert.equal(session.chat.compactions.length, 1);
  });

  it("UX33 says so in an empty chat", async () => {
    const { session } = createSession(new ScriptedModel());
    assert.deepEqual(await compact(session), {
      told: ["There is nothing in this chat yet that could be left out."],
      prefilled: [],
    });
  });
});
