import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { ChatSession } from "../../../src/chat/chat-session.ts";
import { Journal } from "../../../src/chat/journal.ts";
import { readJournal } from "../../../src/chat/read-journal.ts";
import { newSession, restoreSession, type SessionStart } from "../../../src/chat/restore-session.ts";
import { exportChat, importChat } from "../../../src/chat/sessions/exported-chat.ts";
import { recordsBefore, settleRecords } from "../../../src/chat/sessions/fork-records.ts";
import { KeptSessions } from "../../../src/chat/sessions/kept-sessions.ts";
import { createSession } from "../../support/create-session.ts";
import { type FakeCall, fakeTool } from "../../support/fake-tool.ts";
import { messageStop, ScriptedModel, textBlock, toolBlock } from "../../support/scripted-model.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { testPolicy } from "../../support/test-policy.ts";

const says = (text: string) => [...textBlock(0, text), messageStop("end_turn")];
const calls = (tool: string) => [...toolBlock(0, tool, tool, "{}"), messageStop("tool_use")];
const prompt = (text: string) => ({ text, attachments: [] });
const page = { id: "u", label: "page", kind: "url", text: "Do this.", language: "", untrusted: true } as const;

const result = async () => ({ content: [{ text: "done" }], title: "Did it" });
const changes = (folder: string): FakeCall => ({
  ...{ effect: "write", targets: [{ path: join(folder, "a.ts"), access: "write" }] },
  run: result,
});

/** A session of the folder with its policy, kept there; it has a tool that brings content from elsewhere, and one that writes. */
async function opened(folder: string, start: SessionStart, isResumed: boolean, ...turns: readonly string[]) {
  const { policy } = testPolicy({ folders: [folder], mayAllowAll: () => true });
  const replies = turns.flatMap((tool) => (tool === "" ? [says("ok")] : [calls(tool), says("ok")]));
  const { sessionId } = start.chat;
  const journal = new Journal(join(folder, `${sessionId}.jsonl`), sessionId, isResumed);
  const { session } = createSession(new ScriptedModel(...replies), {
    ...{ start, store: journal },
    tools: () => [
      fakeTool("outside", () => ({ effect: "read", isForeign: true, run: result })),
      fakeTool("write_file", () => changes(folder)),
    ],
    createGate: (...told) => policy.createGate(...told),
  });
  const asked = answered(session);
  await policy.allowAll.turnOn();
  return { session, asked, close: () => journal.close() };
}

/** The reasons of what was asked; all of it is allowed. */
function answered(session: ChatSession): readonly string[] {
  const reasons: string[] = [];
  session.subscribe((event) => {
    if (event.type !== "tool-awaiting-approval") return;
    const { id, digest, reason } = event.request;
    reasons.push(reason);
    setImmediate(() => session.answer({ id, digest, decision: { kind: "allow" } }, "user"));
  });
  return reasons;
}

async function reopened(folder: string, id: string): Promise<SessionStart> {
  return restoreSession((await readJournal(join(folder, `${id}.jsonl`))) ?? assert.fail("nothing was read"), 9);
}

/** What is asked under Allow All when the session is opened anew, and the model writes a file in its next turn. */
async function askedAfterReload(folder: string, id: string): Promise<readonly string[]> {
  const { session, asked, close } = await opened(folder, await reopened(folder, id), true, "write_file");
  await session.send(prompt("write"));
  await close();
  return asked;
}

async function played(test: TestContext, ...turns: readonly string[]) {
  const folder = await temporaryFolder(test);
  const { session, close } = await opened(folder, newSession("s1"), false, ...turns);
  for (const turn of turns) await session.send(prompt(`go ${turn}`));
  await close();
  const kept = new KeptSessions({ folder, pid: process.pid });
  return { folder, kept, session, records: (await kept.read("s1")) ?? assert.fail("nothing was read") };
}

const holds = ["This chat holds untrusted content. Allow All does not cover what follows it."];

describe("a chat that holds untrusted content", () => {
  it("L03 UX79 is asked about after a reload as before it, and so is a fork behind that content", async (test) => {
    const { folder, kept, records, session } = await played(test, "", "outside", "");
    assert.deepEqual(await askedAfterReload(folder, "s1"), holds);
    const [, second, third] = session.chat.past.map(({ id }) => id);
    for (const [turn, expected] of [
      [second, []],
      [third, holds],
    ] as const) {
      const before = recordsBefore(records, turn ?? "") ?? assert.fail("no such turn");
      assert.deepEqual(await askedAfterReload(folder, await kept.create(settleRecords(before, 5))), expected);
    }
  });

  it("L03 is marked once in its journal, also by what was attached and across reloads", async (test) => {
    const folder = await temporaryFolder(test);
    const first = await opened(folder, newSession("s1"), false, "", "outside");
    await first.session.send({ text: "one", attachments: [page] });
    await first.session.send(prompt("two"));
    await first.close();
    const again = await opened(folder, await reopened(folder, "s1"), true, "outside");
    await again.session.send(prompt("three"));
    await again.close();
    const records = (await new KeptSessions({ folder, pid: process.pid }).read("s1")) ?? [];
    assert.equal(records.filter((record) => "untrusted" in record).length, 1);
    assert.deepEqual(await askedAfterReload(folder, "s1"), holds);
  });

  it("UX61 UX79 is every imported chat, whatever it says of itself, and no other chat that is reloaded", async (test) => {
    const { folder, kept, records } = await played(test, "");
    assert.deepEqual(await askedAfterReload(folder, "s1"), []);
    const imported = await kept.create(importChat(exportChat(records, String), 5));
    assert.deepEqual(await askedAfterReload(folder, imported), holds);
    const again = await kept.create(importChat(exportChat((await kept.read(imported)) ?? [], String), 5));
    assert.deepEqual(await askedAfterReload(folder, again), holds);
  });
});
