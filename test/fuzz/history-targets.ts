import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";
import * as fc from "fast-check";
import { type JournalRecord, parseRecord, serializeRecord } from "../../src/chat/journal-schema.ts";
import { journalVersion } from "../../src/chat/journal-versions.ts";
import { JournalError, readJournal } from "../../src/chat/read-journal.ts";
import { restoreSession } from "../../src/chat/restore-session.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { wholeTurn } from "../support/chat-events.ts";
import { anyText, damaged } from "./any-stream.ts";
import { type FuzzTarget, fuzzTarget } from "./fuzz-target.ts";
import { refusedParts } from "./refused-parts.ts";

const id = fc.constantFrom("a", "b", "c", "d");
const use = fc.record({ toolUseId: id, name: fc.constantFrom("look", "act"), input: fc.constant({ place: "here" }) });
const result = fc.record({
  toolUseId: id,
  status: fc.constantFrom("success" as const, "error" as const),
  content: fc.array(fc.record({ text: anyText }), { maxLength: 2 }),
});
const reasoning = fc.oneof(
  fc.record({ reasoningText: fc.record({ text: anyText }) }),
  fc.record({ reasoningText: fc.record({ text: anyText, signature: fc.constantFrom("s", "t") }) }),
  fc.record({ redactedContent: fc.uint8Array({ minLength: 1, maxLength: 4 }) }),
);
const text = fc.record({ text: anyText });
const uniqueCalls = (blocks: readonly ContentBlock[]): ContentBlock[] => {
  const calls = blocks.map(({ toolUse }) => toolUse?.toolUseId);
  return blocks.filter(({ toolUse }, at) => toolUse === undefined || calls.indexOf(toolUse.toolUseId) === at);
};
const userMessage: fc.Arbitrary<Message> = fc
  .array(
    fc.oneof(
      text,
      result.map((toolResult) => ({ toolResult })),
    ),
    { maxLength: 3 },
  )
  .map((content) => ({ role: "user", content }));
const assistantMessage: fc.Arbitrary<Message> = fc
  .array(
    fc.oneof(
      text,
      use.map((toolUse) => ({ toolUse })),
      reasoning.map((reasoningContent) => ({ reasoningContent })),
    ),
    { maxLength: 4 },
  )
  .map((content) => ({ role: "assistant", content: uniqueCalls(content) }));
const anyHistory = fc.array(fc.oneof(userMessage, assistantMessage), { maxLength: 8 });

/** Whatever is left in the history, the request that it makes is one that Bedrock takes. */
export const historyTarget: FuzzTarget = fuzzTarget("histories into toConverse", 0.08, anyHistory, (history) => {
  assert.deepEqual(refusedParts(history), []);
});

const calls: readonly Message[] = [
  { role: "user", content: [{ text: "Do the tests pass?" }] },
  {
    role: "assistant",
    content: [
      { reasoningContent: { reasoningText: { text: "Let me look.", signature: "s" } } },
      { reasoningContent: { redactedContent: new Uint8Array([1, 2, 255]) } },
      { toolUse: { toolUseId: "call-1", name: "look", input: {} } },
      { toolUse: { toolUseId: "call-2", name: "act", input: {} } },
    ],
  },
  {
    role: "user",
    content: ["call-1", "call-2"].map((toolUseId) => ({ toolResult: { toolUseId, content: [{ text: "done" }] } })),
  },
  { role: "assistant", content: [{ text: "They fail." }] },
];

const firstRecord: JournalRecord = { journal: journalVersion, sessionId: "s1" };

/** A journal as a session writes it, turn after turn. */
const wholeJournal: readonly string[] = [
  firstRecord,
  ...[1, 2].flatMap((): readonly JournalRecord[] => [
    ...wholeTurn.map((event: ChatEvent) => ({ event })),
    ...calls.map((message) => ({ message })),
  ]),
].map(serializeRecord);

const anyLine = fc.oneof(
  fc.constantFrom(...wholeJournal),
  fc.tuple(fc.constantFrom(...wholeJournal), fc.nat(), anyText).map(([line, at, extra]) => {
    const position = at % line.length;
    return line.slice(0, position) + extra + line.slice(position + 1);
  }),
  fc.json(),
  anyText,
  fc
    .tuple(fc.constantFrom("event", "message", "journal"), fc.jsonValue())
    .map((pair) => JSON.stringify(Object.fromEntries([pair]))),
);

/** A line of a journal is a record or an error, and a record is written and read again as it was. */
export const recordTarget: FuzzTarget = fuzzTarget("lines into the journal's parser", 0.04, anyLine, (line) => {
  let record: JournalRecord;
  try {
    record = parseRecord(line);
  } catch (error) {
    assert.ok(error instanceof Error);
    return;
  }
  assert.deepEqual(parseRecord(serializeRecord(record)), record);
});

const anyJournal = fc
  .tuple(damaged(fc.constant(wholeJournal)), fc.array(fc.tuple(fc.nat(), anyLine), { maxLength: 1 }), fc.nat())
  .map(([lines, extra, cut]) => {
    const all = extra.reduce((list, [at, line]) => list.toSpliced(at % (list.length + 1), 0, line), lines);
    const whole = all.map((line) => `${line}\n`).join("");
    return cut % 2 === 0 ? whole : whole.slice(0, cut % (whole.length + 1));
  });

/** A damaged journal is refused with a sentence, or opens as a session that can go on. */
export const journalTarget: FuzzTarget = fuzzTarget(
  "damaged journals into a restored session",
  0.01,
  anyJournal,
  async (content) => {
    const folder = mkdtempSync(join(tmpdir(), "outcrop-fuzz-"));
    try {
      const file = join(folder, "session.jsonl");
      writeFileSync(file, content);
      const contents = await readJournal(file);
      if (contents === undefined) return;
      const { chat, messages } = restoreSession(contents, 1_000);
      assert.equal(chat.current, null);
      const isOurs = messages.every((message) =>
        calls.some((call) => JSON.stringify(call) === JSON.stringify(message)),
      );
      if (isOurs) assert.deepEqual(refusedParts(messages), []);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      assert.notEqual(error.message, "");
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
