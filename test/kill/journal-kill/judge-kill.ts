import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { type JournalRecord, parseRecord } from "../../../src/chat/journal-schema.ts";
import { readJournal } from "../../../src/chat/read-journal.ts";
import { restoreSession } from "../../../src/chat/restore-session.ts";
import { refusals } from "../../support/accepted-by-bedrock.ts";
import { createSession } from "../../support/create-session.ts";
import { says } from "../../support/play-written-session.ts";
import { ScriptedModel } from "../../support/scripted-model.ts";
import { openFolder } from "./open-folder.ts";
import { journalIn } from "./written-session.ts";

/** Every whole line of a journal, its first aside. */
export function recordsOf(bytes: Buffer): readonly JournalRecord[] {
  const lines = bytes.toString("utf8").split("\n").slice(0, -1);
  return lines.map((line) => parseRecord(line)).filter((record) => !("sessionId" in record));
}

/** All that was acknowledged is on file, and behind it at most the one record that was being written. */
export function judgeKept(records: readonly JournalRecord[], acknowledged: readonly JournalRecord[]): void {
  const [kept, told] = [records.filter(isWhole), acknowledged.filter(isWhole)];
  assert.deepEqual(kept.slice(0, told.length), told, "something that was acknowledged is not there");
  assert.ok(kept.length - told.length <= 1, `${kept.length - told.length} records behind what was acknowledged`);
  // The text of a step is on file before its end is acknowledged; what has no end yet may be held.
  const spoken = textBefore(acknowledged, acknowledged.findLastIndex(isWhole));
  const whole = records.findIndex((_, index) => records.slice(0, index + 1).filter(isWhole).length === told.length);
  assert.equal(textBefore(records, whole), spoken);
}

/** The session opens with exactly what is whole on file, goes on, and opens again. */
export async function judgeOpening(folder: string, left: Buffer): Promise<void> {
  const whole = left.subarray(0, left.lastIndexOf("\n") + 1);
  const { start, journal, close } = await openFolder(folder);
  const path = journalIn(folder);
  const now = path === undefined ? Buffer.alloc(0) : await readFile(path);
  assert.ok(now.equals(whole), `${now.length} bytes are left of ${whole.length}`);
  assert.deepEqual([start.damage, start.chat.current], [undefined, null]);
  assert.deepEqual(await readdir(folder).then((names) => names.filter((name) => /damaged|mended/.test(name))), []);
  const model = new ScriptedModel(says("on"));
  const { session, reports } = createSession(model, { start, store: journal });
  session.queue.clear();
  const turns = session.chat.past.length;
  assert.deepEqual(await session.send({ text: "And now?", attachments: [] }), { kind: "completed" });
  await close();
  assert.deepEqual(reports, []);
  const again = (await readJournal(journalIn(folder) ?? "")) ?? assert.fail("the session is gone");
  assert.equal(again.damage, undefined);
  assert.deepEqual(refusals(again.messages), []);
  const { past } = restoreSession(again, Date.now()).chat;
  assert.deepEqual([past.length, past.at(-1)?.prompt], [turns + 1, "And now?"]);
}

/** Deltas are merged, and what is live is not kept. */
function isWhole(record: JournalRecord): boolean {
  return !("event" in record && (record.event.type.endsWith("-delta") || record.event.type === "tool-output"));
}

function textBefore(records: readonly JournalRecord[], end: number): string {
  return records
    .slice(0, Math.max(end, 0))
    .map((record) => ("event" in record && record.event.type === "text-delta" ? record.event.text : ""))
    .join("");
}
