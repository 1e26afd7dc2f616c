import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Journal } from "../../../src/chat/journal.ts";
import { readJournal } from "../../../src/chat/read-journal.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const delta = (text: string): ChatEvent => ({ type: "text-delta", block: 0, text });

/** The records of a file that nobody has closed: what a killed process would leave. */
function recordsIn(path: string): readonly unknown[] {
  const lines = readFileSync(path, "utf8").split("\n");
  assert.equal(lines.pop(), "");
  return lines.slice(1).map((line) => JSON.parse(line));
}

describe("Journal, running text", () => {
  it("is on file a second after it began to be held, and leaves no timer behind", async (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const journal = new Journal(path, "s1", false);
    journal.event({ type: "turn-resume", at: 1 });
    journal.event(delta("a"));
    test.mock.timers.tick(600);
    journal.event(delta("b"));
    assert.equal(recordsIn(path).length, 1);
    test.mock.timers.tick(400);
    assert.deepEqual(recordsIn(path).slice(1), [{ event: delta("ab") }]);
    test.mock.timers.tick(10_000);
    journal.event(delta("c"));
    test.mock.timers.tick(1_000);
    assert.deepEqual(recordsIn(path).slice(2), [{ event: delta("c") }]);
    await journal.close();
  });

  it("is on file after four thousand characters, however fast they come", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const journal = new Journal(path, "s1", false);
    for (let count = 0; count < 100; count++) journal.event(delta("x".repeat(100)));
    const written = recordsIn(path).map((record) => JSON.stringify(record).length);
    assert.equal(written.length, 2);
    assert.ok(
      written.every((length) => length < 4_300),
      String(written),
    );
    await journal.close();
  });

  it("is whole and in order when it is read again", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const journal = new Journal(path, "s1", false);
    const texts = Array.from({ length: 300 }, (_, index) => `word ${index} `.repeat(10));
    for (const text of texts) journal.event(delta(text));
    await journal.close();
    const read = (await readJournal(path))?.events.map((event) => (event.type === "text-delta" ? event.text : ""));
    assert.equal(read?.join(""), texts.join(""));
  });
});

/** Writes a small record, one that does not fit, and another small one, and reports what the flush said. */
const program = `
import { Journal } from ${JSON.stringify(new URL("../../../src/chat/journal.ts", import.meta.url).href)};
const journal = new Journal(process.argv[1], "s1", false);
journal.event({ type: "turn-resume", at: 1 });
journal.message({ role: "user", content: [{ text: "x".repeat(100_000) }] });
journal.event({ type: "turn-resume", at: 2 });
await journal.flush().catch((error) => console.log(error.code));
`;

describe("Journal on a full disk", { skip: process.platform === "win32" }, () => {
  it("takes back the half of a record that fitted, and says that it could not be written", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const { stdout, stderr } = spawnSync(
      "sh",
      ["-c", 'ulimit -f 16 && exec "$0" --input-type=module -e "$1" "$2"', process.execPath, program, path],
      { encoding: "utf8" },
    );
    assert.equal(stdout, "EFBIG\n", stderr);
    assert.equal(
      await readFile(path, "utf8"),
      '{"journal":3,"sessionId":"s1"}\n{"event":{"type":"turn-resume","at":1}}\n',
    );
  });
});
