import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Journal } from "../../../src/chat/journal.ts";
import { journalVersion, migrateRecord } from "../../../src/chat/journal-versions.ts";
import { JournalError, readJournal } from "../../../src/chat/read-journal.ts";
import { throttled, wholeTurn } from "../../support/chat-events.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const request = { id: "t1", digest: "d", title: "Run?", details: [], reason: "It runs." };
const older = [
  { journal: 1, sessionId: "s1" },
  { event: wholeTurn[0] },
  { event: { type: "tool-awaiting-approval", id: "t1", request, at: 2 } },
  { event: { type: "turn-end", outcome: { kind: "failed", error: throttled }, at: 9 } },
];
const asText = (lines: readonly unknown[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");

describe("versions of the journal", () => {
  it("an older one is written anew in this version, whole or not at all, and goes on", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    await writeFile(path, asText(older));
    const contents = (await readJournal(path)) ?? assert.fail("nothing was read");
    const tiers = { tier: 1, labels: [], warnings: [], offers: [] };
    assert.partialDeepStrictEqual(contents.events, [
      wholeTurn[0],
      { type: "tool-awaiting-approval", request: { ...request, ...tiers } },
      { type: "turn-end", outcome: { kind: "failed", cutOff: false } },
    ]);
    const lines = (await readFile(path, "utf8"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual([lines.length, lines[0]], [4, { journal: journalVersion, sessionId: "s1" }]);
    const journal = new Journal(path, "s1", true);
    journal.event({ type: "turn-resume", at: 10 });
    await journal.close();
    const again = await readJournal(path);
    assert.deepEqual(again, { ...contents, events: [...contents.events, { type: "turn-resume", at: 10 }] });
  });

  it("one that may hold the mark of untrusted content is refused by an Outcrop that would leave the mark out", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    await writeFile(path, asText([{ journal: 2, sessionId: "s1" }, { untrusted: true }, { event: wholeTurn[0] }]));
    const contents = (await readJournal(path)) ?? assert.fail("nothing was read");
    assert.deepEqual([contents.untrusted, contents.events, contents.damage], [true, [wholeTurn[0]], undefined]);
    const text = asText([{ journal: 3, sessionId: "s1" }, { untrusted: true }, { event: wholeTurn[0] }]);
    assert.equal(await readFile(path, "utf8"), text);
  });

  it("cuts off the torn end of an older one and keeps what of it is damaged", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const text = `${asText(older)}no json\n{"event":{"ty`;
    await writeFile(path, text);
    const { damage = "", events } = (await readJournal(path)) ?? assert.fail("nothing was read");
    assert.match(damage, /: line 5 \(/);
    assert.equal(events.length, 3);
    assert.equal(await readFile(`${path}.damaged`, "utf8"), text);
    assert.equal((await readJournal(path))?.damage, undefined);
  });

  it("one of a newer Outcrop is refused and left as it is", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const text = asText([{ journal: journalVersion + 1, sessionId: "s1" }, { event: { type: "unheard-of" } }]);
    await writeFile(path, text);
    const message = `${path}: written by a newer Outcrop, in version ${journalVersion + 1} of its format. Update Outcrop.`;
    await assert.rejects(readJournal(path), new JournalError(message));
    assert.equal(await readFile(path, "utf8"), text);
  });

  it("leaves what is no record, or needs nothing, as it is", () => {
    for (const value of [null, "text", [1], { event: { type: "turn-end", outcome: { kind: "completed" }, at: 1 } }]) {
      assert.deepEqual(migrateRecord(value, 1), value);
    }
  });
});
