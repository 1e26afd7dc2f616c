import assert from "node:assert/strict";
import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { Journal } from "../../../../src/chat/journal.ts";
import { serializeRecord } from "../../../../src/chat/journal-schema.ts";
import { journalVersion } from "../../../../src/chat/journal-versions.ts";
import { SessionIndex } from "../../../../src/chat/sessions/session-index.ts";
import { summarizeJournal } from "../../../../src/chat/sessions/summarize-journal.ts";
import type { ChatEvent } from "../../../../src/protocol/chat-event.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const demo = { kind: "demo" } as const;
const turn = (turnId: string, prompt: string, at: number): readonly ChatEvent[] => [
  { type: "turn-start", turnId, prompt, attachments: [], connection: demo, at },
  { type: "text-delta", block: 0, text: "answer" },
  { type: "turn-end", outcome: { kind: "completed" }, at: at + 1 },
];
const textOf = (sessionId: string, events: readonly ChatEvent[]) =>
  [{ journal: journalVersion, sessionId } as const, ...events.map((event) => ({ event }))]
    .map((record) => `${serializeRecord(record)}\n`)
    .join("");

/** An index that counts the journals that it reads. */
async function scene(test: TestContext, count: number) {
  const folder = await temporaryFolder(test);
  for (let index = 0; index < count; index++) {
    await writeFile(join(folder, `s${index}.jsonl`), textOf(`s${index}`, turn("t", `Prompt ${index}`, index)));
  }
  const reads: string[] = [];
  const open = () =>
    new SessionIndex({
      folder,
      pid: process.pid,
      readJournal: (path) => {
        reads.push(path);
        return readFile(path, "utf8");
      },
    });
  return { folder, reads, open };
}

describe("the index of sessions", () => {
  it("UX62 lists 3,000 sessions, the last one used first, and reads no journal again that is as it was", async (test) => {
    const { folder, reads, open } = await scene(test, 3_000);
    const first = await open().list();
    assert.equal(reads.length, 3_000);
    assert.deepEqual([first.length, first[0]?.id, first.at(-1)?.prompt], [3_000, "s2999", "Prompt 0"]);
    reads.length = 0;
    assert.deepEqual(await open().list(), first);
    assert.deepEqual(reads, []);
    await appendFile(
      join(folder, "s7.jsonl"),
      textOf("s7", turn("u", "More", 9_000))
        .split("\n")
        .slice(1)
        .join("\n"),
    );
    const later = await open().list();
    assert.deepEqual(reads, [join(folder, "s7.jsonl")]);
    assert.partialDeepStrictEqual(later[0], { id: "s7", turns: 2, prompt: "Prompt 7", changedAt: 9_001 });
  });

  it("is made anew where it is broken, of another form or gone, and forgets what is deleted", async (test) => {
    const { folder, reads, open } = await scene(test, 3);
    const whole = await open().list();
    for (const text of ["{", "{}", '{"index":1,"sessions":{"s0":{"turns":"many"}}}', undefined]) {
      const path = join(folder, "index.json");
      await (text === undefined ? rm(path) : writeFile(path, text));
      reads.length = 0;
      assert.deepEqual(await open().list(), whole);
      assert.equal(reads.length, 3);
    }
    await rm(join(folder, "s1.jsonl"));
    assert.deepEqual(
      (await open().list()).map(({ id }) => id),
      ["s2", "s0"],
    );
  });

  it("lists nothing of which nothing was said, and says what another window has", async (test) => {
    const { folder, open } = await scene(test, 2);
    await writeFile(join(folder, "empty.jsonl"), textOf("empty", []));
    await writeFile(join(folder, "s1.lock"), `${process.ppid}\n`);
    assert.deepEqual(
      (await open().list()).map(({ id, isElsewhere }) => [id, isElsewhere]),
      [
        ["s1", true],
        ["s0", false],
      ],
    );
  });

  it("tells title, first prompt and turns as the session's own fold does, rewinds and the archive too", async (test) => {
    const path = join(await temporaryFolder(test), "s.jsonl");
    const journal = new Journal(path, "s", false);
    const events: readonly ChatEvent[] = [
      ...turn("t1", "First\n  one", 10),
      { type: "title", title: "A title", usage: null, at: 20 },
      ...turn("t2", "Second", 30),
      { type: "rewind", turnId: "t2", messages: 2, at: 40 },
      { type: "archived", archived: true, at: 50 },
    ];
    for (const event of events) journal.event(event);
    await journal.close();
    const summary = summarizeJournal(await readFile(path, "utf8"));
    assert.deepEqual(summary, { title: "A title", prompt: "First one", changedAt: 31, turns: 1, archived: true });
  });
});
