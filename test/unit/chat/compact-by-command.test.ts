import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createSession } from "../../support/create-session.ts";
import { messageStop, ScriptedModel, textBlock } from "../../support/scripted-model.ts";

const say = (text: string) => [...textBlock(0, text), messageStop("end_turn")];
const long = "Much was said. ".repeat(2_000);

describe("making a chat shorter when nothing runs", () => {
  it("UX94 shows what it saved in the last turn, whose answer stays whole, and the next prompt is sent shorter", async () => {
    const model = new ScriptedModel(say(long), say("Second."), say("A summary."), say("Third."));
    const { session, reports } = createSession(model);
    await session.send({ text: "one", attachments: [] });
    await session.send({ text: "two", attachments: [] });
    assert.deepEqual(await session.compact(), { kind: "completed" });
    const last = session.chat.past.at(-1);
    assert.deepEqual(
      last?.parts.map(({ kind }) => kind),
      ["text", "compaction"],
    );
    assert.deepEqual(last?.phase.kind === "ended" && last.phase.outcome, { kind: "completed" });
    await session.send({ text: "three", attachments: [] });
    assert.ok(!JSON.stringify(model.requests.at(-1)?.messages).includes(long));
    assert.equal(session.chat.past.length, 3);
    assert.deepEqual(reports, []);
  });

  it("UX94 says where there is nothing to leave out, asks nobody, and changes nothing", async () => {
    const model = new ScriptedModel(say("Hello."));
    const { session } = createSession(model);
    assert.equal(await session.compact(), undefined);
    await session.send({ text: "hi", attachments: [] });
    await session.compact();
    assert.equal(model.requests.length, 1);
    const [, notice] = session.chat.past[0]?.parts ?? [];
    assert.equal(notice?.kind === "notice" && notice.text, "There is nothing in this chat yet that could be left out.");
    assert.deepEqual(session.chat.compactions, []);
  });
});
