import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { SessionFolder, type SessionMemory } from "../../src/chat/session-folder.ts";
import { createSession } from "../support/create-session.ts";
import { messageStop, ScriptedModel, textBlock } from "../support/scripted-model.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

it("N12 a conversation of 5,000 messages opens whole, and of all others no file is read", async (test) => {
  const path = await temporaryFolder(test);
  const open = (memory: SessionMemory) => new SessionFolder({ path, pid: process.pid, patienceMs: 0, memory });
  let recent: readonly string[] = [];
  const memory: SessionMemory = {
    recent: () => recent,
    update: async (ids) => {
      recent = ids;
    },
  };
  const { session, stored } = createSession(
    new ScriptedModel([...textBlock(0, "An answer. ".repeat(20)), messageStop("end_turn")]),
  );
  await session.send({ text: "A question?", attachments: [] });
  assert.equal(stored.messages.length, 2);
  const { journal, close, start } = await open(memory).openNew();
  for (let turn = 0; turn < 2500; turn++) {
    for (const event of stored.events) journal.event(event);
    for (const message of stored.messages) journal.message(message);
  }
  await close();
  for (let other = 0; other < 500; other++) await writeFile(join(path, `other-${other}.jsonl`), "no journal\n");

  const before = performance.now();
  const again = await open(memory).openCurrent();
  test.diagnostic(`opened in ${Math.round(performance.now() - before)} ms`);

  assert.deepEqual(
    [again.start.chat.sessionId, again.start.messages.length, again.start.chat.past.length, again.start.damage],
    [start.chat.sessionId, 5000, 2500, undefined],
  );
  await again.close();
  assert.equal((await readdir(path)).length, 501);
});
