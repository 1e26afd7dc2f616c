import assert from "node:assert/strict";
import { appendFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { DocumentSource } from "@aws-sdk/client-bedrock-runtime";
import { Journal } from "../../../../src/chat/journal.ts";
import type { JournalRecord } from "../../../../src/chat/journal-schema.ts";
import { readJournal } from "../../../../src/chat/read-journal.ts";
import { newSession, restoreSession } from "../../../../src/chat/restore-session.ts";
import { chatToMarkdown } from "../../../../src/chat/sessions/chat-to-markdown.ts";
import { exportChat, importChat } from "../../../../src/chat/sessions/exported-chat.ts";
import { recordsBefore, recordsOfEnded, settleRecords } from "../../../../src/chat/sessions/fork-records.ts";
import { KeptSessions } from "../../../../src/chat/sessions/kept-sessions.ts";
import { withoutHome } from "../../../../src/chat/sessions/without-home.ts";
import { createSession } from "../../../support/create-session.ts";
import { answeringTool, fakeTool } from "../../../support/fake-tool.ts";
import { messageStop, ScriptedModel, textBlock, toolBlock } from "../../../support/scripted-model.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const says = (text: string) => [...textBlock(0, text), messageStop("end_turn")];
const calls = [...toolBlock(0, "t1", "look", "{}"), messageStop("tool_use")];
const prompt = (text: string) => ({ text, attachments: [] });
const plain = (text: string): string => text;

/** A session of two turns, one with a call, on the disk. */
async function twoTurns(test: TestContext) {
  const folder = await temporaryFolder(test);
  const journal = new Journal(join(folder, "s1.jsonl"), "s1", false);
  const model = new ScriptedModel(calls, says("The key is hunter2."), says("2"));
  const { session } = createSession(model, {
    start: newSession("s1"),
    store: journal,
    tools: () => [answeringTool("look", "seen")],
  });
  await session.send(prompt("one"));
  await session.send(prompt("two"));
  session.edits.entitle("Keys", null);
  await journal.close();
  const kept = new KeptSessions({ folder, pid: process.pid });
  const records = (await kept.read("s1")) ?? assert.fail("nothing was read");
  return { folder, kept, records, session };
}

async function reopen(folder: string, id: string) {
  return restoreSession((await readJournal(join(folder, `${id}.jsonl`))) ?? assert.fail("nothing was read"), 9);
}

describe("chats that leave and come", () => {
  it("UX61 an exported chat is imported as one of its own, with the same turns and messages", async (test) => {
    const { folder, kept, records, session } = await twoTurns(test);
    const id = await kept.create(importChat(exportChat(records, plain), 5));
    const start = await reopen(folder, id);
    assert.notEqual(id, "s1");
    assert.deepEqual(start.chat.past, session.chat.past);
    assert.deepEqual(start.messages, (await reopen(folder, "s1")).messages);
    assert.deepEqual([start.repairs, start.waiting, start.damage], [[], [], undefined]);
  });

  it("K04 names no home folder, on whatever system", () => {
    assert.equal(withoutHome('cat "/home/ann/a.ts"', "/home/ann"), 'cat "~/a.ts"');
    assert.equal(withoutHome(JSON.stringify("C:\\Users\\Ann\\a.ts"), "C:\\Users\\Ann"), '"~\\\\a.ts"');
    assert.equal(withoutHome("/etc/hosts", "/"), "/etc/hosts");
  });

  it("UX61 K04 masks secrets in both formats, and leaves results of tools out of what is for reading", async (test) => {
    const { records, session } = await twoTurns(test);
    const mask = (text: string): string => text.replaceAll("hunter2", "[masked]");
    const json = exportChat(records, mask);
    assert.doesNotMatch(json, /hunter2/);
    assert.match(json, /\[masked\]/);
    assert.equal(
      chatToMarkdown(session.chat),
      "# Keys\n\n## You\n\none\n\n## Outcrop\n\n> Did look (succeeded)\n\nThe key is hunter2.\n\n## You\n\ntwo\n\n## Outcrop\n\n2\n",
    );
  });

  it("UX61 refuses what is no chat, in a clear sentence", () => {
    const file = (records: readonly unknown[], version = 1) => JSON.stringify({ outcrop: "chat", version, records });
    const s3 = {
      message: { role: "user", content: [{ image: { format: "png", source: { s3Location: { uri: "s3://a/b" } } } }] },
    };
    const cases: readonly (readonly [string, RegExp])[] = [
      ["{", /^This file is not JSON\.$/],
      ["[]", /^This file is no chat that Outcrop has exported\.$/],
      [file([], 7), /exported in version 7 of the format/],
      [file([{ event: { type: "made-up" } }]), /^Record 1 of this chat is not one that Outcrop writes/],
      [file([s3]), /^Record 1 of this chat holds content that Outcrop does not write/],
      [file([]), /^This file holds no turn of a chat\.$/],
    ];
    for (const [text, message] of cases) assert.throws(() => importChat(text, 5), { name: "ImportError", message });
  });

  it("UX61 imports the documents and images of results whole, and refuses those that Bedrock would fetch", async (test) => {
    const { folder, kept, records } = await twoTurns(test);
    const bytes = new Uint8Array([37, 80, 68, 70, 0, 255]);
    const holding = (source: DocumentSource): readonly JournalRecord[] => {
      const document = { format: "pdf", name: "a", source } as const;
      const content = [{ toolResult: { toolUseId: "t1", content: [{ document }], status: "success" as const } }];
      return records.map((record) =>
        "message" in record && record.message.content?.some(({ toolResult }) => toolResult !== undefined)
          ? { message: { role: "user", content } }
          : record,
      );
    };
    const file = exportChat(holding({ bytes }), plain);
    const { messages } = await reopen(folder, await kept.create(importChat(file, 5)));
    const [result] = messages.flatMap(({ content = [] }) => content.flatMap(({ toolResult }) => toolResult ?? []));
    assert.deepEqual(result?.content?.[0]?.document?.source?.bytes, bytes);
    for (const source of [{ s3Location: { uri: "s3://a/b" } }, { text: "a" }, { content: [] }]) {
      assert.throws(() => importChat(exportChat(holding(source), plain), 5), {
        message: /^Record \d+ of this chat holds content that Outcrop does not write/,
      });
    }
  });

  it("UX61 nothing in an imported chat waits, runs, chooses tools or says where requests go", async (test) => {
    const folder = await temporaryFolder(test);
    const connection = {
      kind: "bedrock",
      modelId: "m",
      endpoint: "https://evil.test",
      profile: "admin",
      region: "x",
    } as const;
    const request = {
      id: "t1",
      digest: "d",
      title: "Run?",
      details: [],
      reason: "",
      tier: 1,
      labels: [],
      warnings: [],
      offers: [],
    } as const;
    const records: readonly JournalRecord[] = [
      { event: { type: "choice", mode: "agent", tools: { look: true }, at: 0 } },
      { event: { type: "turn-start", turnId: "1", prompt: "one", attachments: [], connection, at: 0 } },
      { message: { role: "user", content: [{ text: "one" }] } },
      { event: { type: "queued", prompt: { id: "q", text: "rm", attachments: [], action: "queue" }, at: 1 } },
      { queued: "q", prompt: prompt("rm") },
      { event: { type: "tool-start", id: "t1", name: "look", title: "Look", at: 1 } },
      { message: { role: "assistant", content: [{ toolUse: { toolUseId: "t1", name: "look", input: {} } }] } },
      { event: { type: "tool-awaiting-approval", id: "t1", request, at: 2 } },
      { event: { type: "turn-end", outcome: { kind: "interrupted" }, at: 3 } },
      { event: { type: "turn-start", turnId: "2", prompt: "half", attachments: [], connection, at: 4 } },
    ];
    const kept = new KeptSessions({ folder, pid: process.pid });
    const start = await reopen(folder, await kept.create(importChat(exportChat(records, plain), 5)));
    assert.deepEqual(
      start.chat.past.map((turn) => [turn.prompt, turn.connection]),
      [["one", { kind: "bedrock", modelId: "m" }]],
    );
    assert.deepEqual(
      [start.waiting, start.chat.queued, start.chat.mode, start.chat.tools],
      [[], undefined, undefined, undefined],
    );
    let runs = 0;
    const look = fakeTool("look", () => ({ run: async () => ({ content: [{ text: `${runs++}` }], title: "Looked" }) }));
    const { session } = createSession(new ScriptedModel(says("done")), { start, tools: () => [look] });
    assert.equal(await session.askAgain(), undefined);
    assert.deepEqual(await session.resume(), { kind: "completed" });
    assert.equal(runs, 0);
  });

  it("UX91 a fork holds what was said before a turn, or all that has ended, and goes on by itself", async (test) => {
    const { folder, kept, records, session } = await twoTurns(test);
    const second = session.chat.past[1]?.id ?? "";
    const before = recordsBefore(records, second) ?? assert.fail("no such turn");
    const id = await kept.create(settleRecords(before, 5));
    const start = await reopen(folder, id);
    assert.deepEqual(start.chat.past, session.chat.past.slice(0, 1));
    const model = new ScriptedModel(says("other"));
    await createSession(model, { start }).session.send(prompt("instead"));
    assert.deepEqual(model.requests[0]?.messages?.at(-1)?.content, [{ text: "instead" }]);
    assert.equal(model.requests[0]?.messages?.length, 5);
    assert.equal(recordsBefore(records, "nobody"), undefined);
    assert.equal(recordsOfEnded(records).length, records.length - 1);
    assert.equal((await reopen(folder, "s1")).chat.past.length, 2);
  });

  it("UX62 renames and deletes what is not open, and nothing that another window has", async (test) => {
    const { folder, kept } = await twoTurns(test);
    assert.equal(await kept.add("s1", { type: "title", title: "Other", usage: null, at: 9 }), true);
    assert.equal((await reopen(folder, "s1")).chat.title, "Other");
    await writeFile(join(folder, "s1.lock"), `${process.ppid}\n`);
    assert.equal(await kept.add("s1", { type: "archived", archived: true, at: 9 }), false);
    assert.equal(await kept.remove("s1"), false);
    assert.equal((await reopen(folder, "s1")).chat.archived, undefined);
    await rm(join(folder, "s1.lock"));
    assert.equal(await kept.remove("s1"), true);
    assert.equal(await kept.read("s1"), undefined);
    assert.equal(await kept.add("s1", { type: "archived", archived: true, at: 9 }), false);
    assert.equal(await kept.read("s1"), undefined);
  });

  it("UX62 what is added to a chat stands in a line of its own, also behind half a line of a killed process", async (test) => {
    const { folder, kept, records } = await twoTurns(test);
    await appendFile(join(folder, "s1.jsonl"), '{"event":{"type":"text-del');
    assert.equal(await kept.add("s1", { type: "archived", archived: true, at: 9 }), true);
    assert.deepEqual((await kept.read("s1"))?.slice(records.length), [
      { event: { type: "archived", archived: true, at: 9 } },
    ]);
    const { chat, damage } = await reopen(folder, "s1");
    assert.deepEqual([chat.archived, damage], [true, undefined]);
  });
});
