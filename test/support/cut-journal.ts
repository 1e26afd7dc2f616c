import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal } from "../../src/chat/journal.ts";
import { readJournal } from "../../src/chat/read-journal.ts";
import { newSession, restoreSession } from "../../src/chat/restore-session.ts";
import { refusals } from "./accepted-by-bedrock.ts";
import { createSession } from "./create-session.ts";
import { playWrittenSession, says } from "./play-written-session.ts";
import { ScriptedModel } from "./scripted-model.ts";

/** The bytes of a journal as a session writes it. */
export async function writtenJournal(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "outcrop-cut-"));
  const path = join(folder, "s1.jsonl");
  const journal = new Journal(path, "s1", false);
  await playWrittenSession(newSession("s1"), journal);
  await journal.close();
  const bytes = await readFile(path);
  await rm(folder, { recursive: true });
  return bytes;
}

/** The journal opens as it was cut, has every record that was whole, takes a further turn, and opens again. */
export async function openCut(bytes: Buffer, position: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "outcrop-cut-"));
  try {
    const path = join(folder, "s1.jsonl");
    await writeFile(path, bytes.subarray(0, position));
    const contents = await readJournal(path);
    const records = bytes.subarray(0, position).toString("latin1").split("\n").length - 2;
    if (contents === undefined) return assert.ok(records < 0, "a session with its first line is gone");
    assert.equal(contents.damage, undefined);
    const whole = (await readFile(path, "utf8")).split("\n").length - 2;
    assert.equal(whole, records, "more than the record that was being written is lost");
    const start = restoreSession(contents, 9);
    assert.equal(start.chat.current, null);
    const ended =
      bytes
        .subarray(0, position)
        .toString("utf8")
        .match(/\{"type":"turn-end",.*\n/gu)?.length ?? 0;
    const told = [...start.chat.past, ...(start.chat.rewound?.turns ?? [])];
    assert.ok(told.length >= ended && told.length <= ended + 1, `${told.length} turns for ${ended} that had ended`);
    const journal = new Journal(path, "s1", true);
    const model = new ScriptedModel(says("on"));
    const { session, reports } = createSession(model, { start, store: journal });
    session.queue.clear();
    assert.deepEqual(await session.send({ text: "And now?", attachments: [] }), { kind: "completed" });
    await journal.close();
    assert.deepEqual(reports, []);
    const again = (await readJournal(path)) ?? assert.fail("nothing was read");
    assert.equal(again.damage, undefined);
    assert.deepEqual(refusals(again.messages), []);
    assert.deepEqual(restoreSession(again, 10).chat.past.at(-1)?.prompt, "And now?");
  } finally {
    await rm(folder, { recursive: true });
  }
}
