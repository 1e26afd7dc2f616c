import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Journal } from "../../../src/chat/journal.ts";
import { readJournal } from "../../../src/chat/read-journal.ts";
import { newSession, restoreSession } from "../../../src/chat/restore-session.ts";
import { createSession } from "../../support/create-session.ts";
import { messageStop, ScriptedModel, textBlock } from "../../support/scripted-model.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const says = (text: string) => [...textBlock(0, text), messageStop("end_turn")];
const prompt = (text: string) => ({ text, attachments: [] });
/** The texts of the last request. */
const sent = ({ requests }: ScriptedModel) =>
  requests.at(-1)?.messages?.flatMap(({ content = [] }) => content.flatMap(({ text }) => text ?? []));

/** A session of two turns, and the id of its second. */
async function twoTurns(model: ScriptedModel, options: Parameters<typeof createSession>[1] = {}) {
  const created = createSession(model, options);
  await created.session.send(prompt("one"));
  await created.session.send(prompt("two"));
  const { id = "" } = created.session.chat.past[1] ?? {};
  return { ...created, id };
}

describe("ChatSession, rewind", () => {
  it("sends nothing of what was taken back with the next prompt", async () => {
    const model = new ScriptedModel(says("1"), says("2"), says("3"));
    const { session, id } = await twoTurns(model);
    assert.equal(session.edits.rewind(id), true);
    await session.send(prompt("three"));
    assert.deepEqual(sent(model), ["one", "1", "three"]);
  });

  it("sends all of it again once it was undone, and not before a turn that runs has ended", async () => {
    const model = new ScriptedModel(says("1"), says("2"), says("3"));
    const { session, id } = await twoTurns(model);
    session.edits.rewind(id);
    session.edits.undoRewind();
    const turn = session.send(prompt("three"));
    assert.equal(session.edits.rewind(id), false);
    await turn;
    assert.deepEqual(sent(model), ["one", "1", "two", "2", "three"]);
    assert.equal(session.edits.rewind("nobody"), false);
  });

  it("does nothing, and says so, once the session is closed", async () => {
    const { session, id } = await twoTurns(new ScriptedModel(says("1"), says("2")));
    session.suspend();
    assert.equal(session.edits.rewind(id), false);
    assert.equal(session.chat.past.length, 2);
  });

  it("is in the journal: a later process goes on from there, and can undo it", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const journal = new Journal(path, "s1", false);
    const { session, id } = await twoTurns(new ScriptedModel(says("1"), says("2")), {
      start: newSession("s1"),
      store: journal,
    });
    session.edits.rewind(id);
    await journal.close();
    const contents = (await readJournal(path)) ?? assert.fail("nothing was read");
    const goOn = async (undo: boolean) => {
      const model = new ScriptedModel(says("3"));
      const later = createSession(model, { start: restoreSession(contents, 9) }).session;
      if (undo) later.edits.undoRewind();
      await later.send(prompt("three"));
      return sent(model);
    };
    assert.deepEqual(await goOn(false), ["one", "1", "three"]);
    assert.deepEqual(await goOn(true), ["one", "1", "two", "2", "three"]);
  });
});
