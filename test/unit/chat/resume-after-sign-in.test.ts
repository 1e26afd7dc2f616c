import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ModelError } from "../../../src/agent/model.ts";
import { resumeAfterSignIn } from "../../../src/chat/resume-after-sign-in.ts";
import type { ErrorAction } from "../../../src/protocol/turn-error.ts";
import { createSession } from "../../support/create-session.ts";
import { messageStop, ScriptedModel, textBlock } from "../../support/scripted-model.ts";

function failing(...actions: readonly ErrorAction[]): ModelError {
  return new ModelError({ kind: "auth", message: "Expired.", actions }, { most: 0, baseMs: 0 });
}

const hello = { text: "Hello", attachments: [] };
const answer = [...textBlock(0, "Hi."), messageStop("end_turn")];

describe("resumeAfterSignIn", () => {
  it("goes on with the turn that ended for want of a sign-in, with the same messages", async () => {
    const model = new ScriptedModel([failing("sign-in", "retry")], answer);
    const { session } = createSession(model);
    await session.send(hello);
    assert.deepEqual(await resumeAfterSignIn(session), { kind: "completed" });
    assert.equal(session.chat.past.length, 1);
    assert.deepEqual(model.requests[1], model.requests[0]);
  });

  it("leaves every other turn alone", async () => {
    const model = new ScriptedModel([failing("retry")], answer);
    const { session } = createSession(model);
    assert.equal(await resumeAfterSignIn(session), undefined);
    await session.send(hello);
    assert.equal(await resumeAfterSignIn(session), undefined);
    await session.send(hello);
    assert.equal(await resumeAfterSignIn(session), undefined);
    assert.equal(model.requests.length, 2);
  });
});
