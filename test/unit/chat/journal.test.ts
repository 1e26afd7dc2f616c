import assert from "node:assert/strict";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { Journal } from "../../../src/chat/journal.ts";
import { readJournal } from "../../../src/chat/read-journal.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { fold, throttled, wholeTurn } from "../../support/chat-events.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const question: Message = { role: "user", content: [{ text: 'Line one\nüber 😀 \u2028 "quoted"' }] };
const answer: Message = {
  role: "assistant",
  content: [
    { reasoningContent: { reasoningText: { text: " hm \n", signature: "EqQB==" } } },
    { reasoningContent: { redactedContent: new Uint8Array([0, 255, 128, 7]) } },
    { toolUse: { toolUseId: "t1", name: "look", input: { a: [1, null, { b: "c" }] } } },
  ],
};

/** Writes a journal with these events and closes it. */
async function write(path: string, events: readonly ChatEvent[], messages: readonly Message[] = []): Promise<void> {
  const journal = new Journal(path, "s1", false);
  for (const event of events) journal.event(event);
  for (const message of messages) journal.message(message);
  await journal.close();
}

describe("Journal", () => {
  it("UX23 gives back attachments of every kind, and those from before there were kinds", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const start: ChatEvent = {
      ...({ type: "turn-start", turnId: "t", prompt: "go", connection: { kind: "demo" }, at: 1 } as const),
      attachments: [
        { id: "a1", label: "a.ts:1-2", path: "src/a.ts", startLine: 1, endLine: 2 },
        { id: "a2", kind: "changes", label: "Changes", detail: "Got changes, 2 files" },
        { id: "a3", kind: "image", label: "x.png", problem: "Not sent: the chosen model does not support images." },
        { id: "a4", kind: "instructions", label: "AGENTS.md", path: "AGENTS.md" },
      ],
    };
    await write(path, [start]);
    assert.deepEqual((await readJournal(path))?.events, [start]);
  });

  it("gives back what it was given: every kind of event, messages with bytes", async (test) => {
    const path = join(await temporaryFolder(test), "deeper", "s1.jsonl");
    const more: readonly ChatEvent[] = [
      { type: "turn-resume", at: 800 },
      { type: "notice", text: "From here on m2 answers.", at: 800 },
      { type: "pace", reason: "tokens-per-minute", delayMs: 4, at: 800 },
      { type: "step-start", step: 3, attempt: 1, at: 804 },
      { type: "silence", phase: "first-byte", silentMs: 30_000, limitMs: 90_000, at: 805 },
      { type: "text-delta", block: 0, text: "Half" },
      { type: "step-end", stopReason: "malformed_tool_use", usage: null, at: 806, rejected: true },
      {
        type: "turn-end",
        outcome: { kind: "failed", error: { ...throttled, requestId: "r1", lastEvent: "messageStop" }, cutOff: true },
        at: 807,
      },
      { type: "turn-resume", at: 808, kept: true },
      { type: "compaction", compaction: { kind: "trim", id: 1, before: 2 }, usage: null, at: 808 },
      { type: "compaction", compaction: { kind: "summary", id: 2, before: 4, text: "So far." }, usage: null, at: 808 },
      { type: "compaction-undone", id: 2, at: 808 },
      {
        type: "compaction",
        compaction: { kind: "trim", id: 3, before: 2 },
        usage: null,
        tokens: { before: 900, after: 30 },
        at: 808,
      },
      { type: "pace", reason: "tokens-per-minute", delayMs: 9, limit: 20_000, at: 808 },
      { type: "notice", text: "Now m2.", at: 808, connection: { kind: "bedrock", modelId: "m2" } },
      { type: "retracted", text: "Blocked.", at: 808 },
      { type: "withheld", places: [{ message: 0, block: 1, reason: "guardrail" }], at: 808 },
      {
        type: "turn-end",
        outcome: {
          kind: "stopped",
          stopReason: "guardrail_intervened",
          guardrail: {
            blocked: true,
            findings: [
              { side: "input", policy: "word", name: "x", match: "x" },
              { side: "output", policy: "topic", name: "T" },
            ],
          },
        },
        at: 808,
      },
      { type: "turn-resume", at: 808 },
      { type: "turn-end", outcome: { kind: "step-limit", steps: 3 }, at: 803 },
    ];
    await write(path, [...wholeTurn, ...more], [question, answer]);
    const contents = await readJournal(path);
    assert.equal(contents?.sessionId, "s1");
    assert.deepEqual(contents?.messages, [question, answer]);
    assert.deepEqual(contents?.events.slice(-more.length), more);
    assert.deepEqual(fold(contents?.events ?? []), fold([...wholeTurn, ...more]));
  });

  it("opens a journal of an older version, whose failures do not say whether a part was shown", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const { outcome, ...end } = { type: "turn-end", outcome: { kind: "failed", error: throttled }, at: 9 } as const;
    const lines = [{ journal: 1, sessionId: "s1" }, { event: wholeTurn[0] }, { event: { ...end, outcome } }];
    await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    assert.deepEqual((await readJournal(path))?.events, [
      wholeTurn[0],
      { ...end, outcome: { ...outcome, cutOff: false } },
    ]);
  });

  it("merges deltas, one record for what is said in one go, without changing the order", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const journal = new Journal(path, "s1", false);
    journal.event({ type: "text-delta", block: 0, text: "a" });
    journal.event({ type: "text-delta", block: 0, text: "b" });
    journal.message(question);
    journal.event({ type: "text-delta", block: 0, text: "c" });
    journal.event({ type: "text-delta", block: 1, text: "d" });
    journal.event({ type: "turn-resume", at: 1 });
    await journal.close();
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      [
        { journal: 3, sessionId: "s1" },
        { event: { type: "text-delta", block: 0, text: "ab" } },
        { message: question },
        { event: { type: "text-delta", block: 0, text: "c" } },
        { event: { type: "text-delta", block: 1, text: "d" } },
        { event: { type: "turn-resume", at: 1 } },
      ],
    );
  });

  it("keeps the order under many appends with flushes in between", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const journal = new Journal(path, "s1", false);
    const flushes: Promise<void>[] = [];
    const events = Array.from({ length: 2_000 }, (_, at): ChatEvent => ({ type: "turn-resume", at }));
    for (const event of events) {
      journal.event(event);
      if (event.type === "turn-resume" && event.at % 100 === 0) {
        flushes.push(journal.flush());
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    await Promise.all(flushes);
    await journal.close();
    assert.deepEqual(await readJournal(path), { sessionId: "s1", messages: [], events });
  });

  it("has everything on the disk once flushed, the last delta too", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const journal = new Journal(path, "s1", false);
    journal.event({ type: "text-delta", block: 0, text: "last" });
    await journal.flush();
    assert.deepEqual((await readJournal(path))?.events, [{ type: "text-delta", block: 0, text: "last" }]);
    await journal.close();
  });

  it("goes on in the same file when resumed", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    await write(path, [{ type: "turn-resume", at: 1 }]);
    const journal = new Journal(path, "s1", true);
    journal.event({ type: "turn-resume", at: 2 });
    await journal.close();
    assert.deepEqual((await readJournal(path))?.events, [
      { type: "turn-resume", at: 1 },
      { type: "turn-resume", at: 2 },
    ]);
  });

  it("is readable for the user alone", { skip: process.platform === "win32" }, async (test) => {
    const folder = await temporaryFolder(test);
    const path = join(folder, "sessions", "s1.jsonl");
    await write(path, [{ type: "turn-resume", at: 1 }]);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.equal((await stat(join(folder, "sessions"))).mode & 0o777, 0o700);
  });

  it("writes nothing before it is told something", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const journal = new Journal(path, "s1", false);
    await journal.flush();
    await journal.close();
    assert.equal(await readJournal(path), undefined);
  });

  it("reports a failure to write when flushed", async (test) => {
    const folder = await temporaryFolder(test);
    await writeFile(join(folder, "file"), "");
    const journal = new Journal(join(folder, "file", "s1.jsonl"), "s1", false);
    journal.event({ type: "turn-resume", at: 1 });
    await assert.rejects(journal.flush(), { code: "EEXIST" });
    await assert.rejects(journal.close(), { code: "EEXIST" });
  });
});
