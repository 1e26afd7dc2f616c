import assert from "node:assert/strict";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import * as z from "zod";
import { Journal } from "../../../src/chat/journal.ts";
import { parseRecord } from "../../../src/chat/journal-schema.ts";
import { JournalError, readJournal } from "../../../src/chat/read-journal.ts";
import { restoreSession } from "../../../src/chat/restore-session.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { createSession } from "../../support/create-session.ts";
import { ScriptedModel } from "../../support/scripted-model.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const head = '{"journal":3,"sessionId":"s1"}';
const question: Message = { role: "user", content: [{ text: 'Is {"event": here?' }] };
const resume = (at: number): ChatEvent => ({ type: "turn-resume", at });
const resumed = (at: number): string => JSON.stringify({ event: resume(at) });

/** Writes a journal with these events and closes it. */
async function write(path: string, events: readonly ChatEvent[]): Promise<void> {
  const journal = new Journal(path, "s1", false);
  for (const event of events) journal.event(event);
  await journal.close();
}

describe("readJournal", () => {
  it("finds nothing where there is no file or an empty one", async (test) => {
    const folder = await temporaryFolder(test);
    assert.equal(await readJournal(join(folder, "none.jsonl")), undefined);
    await writeFile(join(folder, "empty.jsonl"), "");
    assert.equal(await readJournal(join(folder, "empty.jsonl")), undefined);
  });

  it("cuts off the torn last line of a killed process, in the file too, wherever it was torn", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    await write(path, [{ type: "text-delta", block: 0, text: "ä😀" }]);
    const whole = await readFile(path);
    const next = Buffer.from('{"event":{"type":"text-delta","block":0,"text":"ä😀"}}\n');
    for (let length = 1; length < next.length; length++) {
      await appendFile(path, next.subarray(0, length));
      assert.deepEqual((await readJournal(path))?.events, [{ type: "text-delta", block: 0, text: "ä😀" }]);
      assert.deepEqual(await readFile(path), whole);
    }
  });

  it("begins anew where only a torn first line is left", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    await writeFile(path, '{"journal":3,"sess');
    assert.equal(await readJournal(path), undefined);
    await write(path, [{ type: "turn-resume", at: 1 }]);
    assert.deepEqual((await readJournal(path))?.events, [{ type: "turn-resume", at: 1 }]);
  });

  const badLines = [
    "no json",
    "",
    "null",
    '{"event":{"type":"unheard-of"}}',
    '{"event":{"type":"turn-resume"}}',
    '{"message":{"role":"robot","content":[]}}',
    '{"journal":4,"sessionId":"s1"}',
  ];
  for (const line of badLines) {
    it(`reads past a line in the middle that is no record: ${line === "" ? "an empty one" : line}`, async (test) => {
      const path = join(await temporaryFolder(test), "s1.jsonl");
      const around = [`${head}\n${resumed(1)}\n`, `${resumed(2)}\n`];
      const text = around.join(`${line}\n`);
      await writeFile(path, text, { mode: 0o600 });
      const { damage, ...contents } = (await readJournal(path)) ?? assert.fail("nothing was read");
      assert.deepEqual(contents, { sessionId: "s1", messages: [], events: [resume(1), resume(2)] });
      const start = `A part of the session could not be read and is left out; the file as it was is ${path}.damaged: line 3 (`;
      assert.ok(damage?.startsWith(start), damage);
      assert.equal(await readFile(path, "utf8"), around.join(""));
      assert.equal(await readFile(`${path}.damaged`, "utf8"), text);
      assert.equal((await readJournal(path))?.damage, undefined);
    });
  }

  for (const [line, path] of [
    [{ event: { type: "text-delta", block: 0 } }, ["event", "text"]],
    [{ queued: "q1", prompt: { text: "go" } }, ["prompt"]],
    [{ message: 1 }, ["message"]],
    [{ journal: 3 }, ["sessionId"]],
  ] as const) {
    it(`asks of a record only what its kind has to have: ${Object.keys(line).join()}`, () => {
      const asked = (error: unknown) => {
        assert.ok(error instanceof z.ZodError);
        assert.partialDeepStrictEqual(error.issues[0]?.path, path);
        return !("errors" in (error.issues[0] ?? {}));
      };
      assert.throws(() => parseRecord(JSON.stringify(line)), asked);
    });
  }

  it("finds the record that was written behind half of one, and cuts a torn end off as well", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const half = '{"event":{"type":"text-delta","block":0,"text":"a \\"{\\\\\\"event\\\\\\":';
    await writeFile(path, `${head}\n${half}${JSON.stringify({ message: question })}\n${resumed(2)}\n${half}`);
    const { damage, ...contents } = (await readJournal(path)) ?? assert.fail("nothing was read");
    assert.deepEqual(contents, { sessionId: "s1", messages: [question], events: [resume(2)] });
    assert.match(damage ?? "", /: line 2 \(/);
    assert.deepEqual(await readJournal(path), contents);
  });

  it("is told to the user once, by the session that opens", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    await writeFile(path, `${head}\nno json\n${resumed(2)}\n`);
    const tellings: unknown[] = [];
    for (const times of [1, 1]) {
      const contents = (await readJournal(path)) ?? assert.fail("nothing was read");
      const start = restoreSession(contents, 9);
      createSession(new ScriptedModel(), { start, report: (error) => void tellings.push(error) });
      assert.equal(tellings.length, times);
    }
    assert.ok(tellings[0] instanceof JournalError);
  });

  it("refuses a file that is no session", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    await writeFile(path, '{"event":{"type":"turn-resume","at":1}}\n');
    await assert.rejects(
      readJournal(path),
      new JournalError(`${path}: not an Outcrop session, its first line names no session.`),
    );
  });

  it("passes on what keeps it from reading", async (test) => {
    const folder = await temporaryFolder(test);
    await mkdir(join(folder, "s1.jsonl"));
    await assert.rejects(readJournal(join(folder, "s1.jsonl")), { code: "EISDIR" });
  });
});
