import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { ChatSession } from "../../../../src/chat/chat-session.ts";
import { type OpenedSession, SessionFolder } from "../../../../src/chat/session-folder.ts";
import { liveHolder } from "../../../../src/chat/session-lock.ts";
import { type OpenSession, OpenSessions } from "../../../../src/vscode/sessions/open-sessions.ts";
import { createSession } from "../../../support/create-session.ts";
import {
  messageStop,
  type ReplyPart,
  ScriptedModel,
  textBlock,
  untilStopped,
} from "../../../support/scripted-model.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const answer = (text: string) => [...textBlock(0, text), messageStop("end_turn")];
const prompt = (text: string) => ({ text, attachments: [] });

/** A gate in a stream. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { part: () => promise, open: resolve };
}

function remembered() {
  let ids: readonly string[] = [];
  return {
    recent: () => ids,
    update: async (next: readonly string[]) => {
      ids = next;
    },
  };
}

/** A window's sessions on the disk; session n, in the order in which they are opened, answers with the n-th replies. */
async function openWindow(test: TestContext, ...replies: (readonly (readonly ReplyPart[])[])[]) {
  const path = await temporaryFolder(test);
  const [memory, newChats] = [remembered(), remembered()];
  const shown: string[] = [];
  const closed: string[] = [];
  const reports: unknown[] = [];
  const programs = new Map<string, boolean>();
  const sending = new Set<string>();
  const sessions = new OpenSessions<OpenSession>({
    source: new SessionFolder({ path, memory, newChats, pid: process.pid, patienceMs: 0 }),
    follow: (opened: OpenedSession) => {
      const { sessionId } = opened.start.chat;
      const model = new ScriptedModel(...(replies.shift() ?? []));
      const { session } = createSession(model, { start: opened.start, store: opened.journal });
      return {
        session,
        dialogs: { clear: () => undefined, look: () => undefined },
        entitled: async () => undefined,
        programs: async () => (programs.get(sessionId) ? { left: [{ isRunning: true }] } : undefined),
        isSending: () => sending.has(sessionId),
        unsubscribe: () => undefined,
        close: async () => {
          closed.push(sessionId);
          await opened.close();
        },
      };
    },
    onShown: ({ session }) => void shown.push(session.chat.sessionId),
    report: (error) => void reports.push(error),
  });
  const isLocked = async (id: string) => (await liveHolder(join(path, `${id}.lock`))) !== undefined;
  return { path, sessions, shown, closed, reports, programs, sending, isLocked, recent: memory.recent };
}

const textOf = ({ chat }: ChatSession) =>
  [...chat.past, ...(chat.current === null ? [] : [chat.current])].flatMap(({ parts }) =>
    parts.map((part) => (part.kind === "text" ? part.text : part.kind)),
  );

describe("several sessions of a window", () => {
  it("UX8 a running session goes on behind a new one, and is shown again with all that it said", async (test) => {
    const gate = held();
    const { sessions, closed } = await openWindow(test, [
      [...textBlock(0, "one"), gate.part, ...textBlock(1, "two"), messageStop("end_turn")],
    ]);
    const { session } = await sessions.current();
    const turn = session.send(prompt("go"));
    await sessions.showNew();
    assert.equal(session.isRunning, true);
    assert.equal(sessions.all.length, 2);
    assert.deepEqual(closed, []);
    await sessions.showKept(session.chat.sessionId);
    assert.equal((await sessions.current()).session, session);
    gate.open();
    assert.deepEqual(await turn, { kind: "completed" });
    assert.deepEqual(textOf(session), ["one", "two"]);
  });

  it("gives a hidden session back once nothing of it runs, and keeps it where a program of it does", async (test) => {
    const [first, second] = [held(), held()];
    const window = await openWindow(test, [[first.part, ...answer("one")]], [[second.part, ...answer("two")]]);
    const { sessions, closed, isLocked, programs } = window;
    const one = (await sessions.current()).session;
    const turns = [one.send(prompt("1"))];
    await sessions.showNew();
    const two = (await sessions.current()).session;
    turns.push(two.send(prompt("2")));
    await sessions.showNew();
    programs.set(two.chat.sessionId, true);
    first.open();
    second.open();
    await Promise.all(turns);
    // Behind what the ends of the turns have begun.
    for (let round = 0; round < 50; round++) await new Promise((go) => setImmediate(go));
    await sessions.showNew();
    assert.deepEqual(closed.includes(one.chat.sessionId), true);
    assert.deepEqual(closed.includes(two.chat.sessionId), false);
    assert.deepEqual([await isLocked(one.chat.sessionId), await isLocked(two.chat.sessionId)], [false, true]);
  });

  it("keeps a session to which a prompt is on its way, until that is not sent after all", async (test) => {
    const { sessions, closed, sending } = await openWindow(test, [answer("one")], [], []);
    const { session } = await sessions.current();
    const { sessionId } = session.chat;
    await session.send(prompt("go"));
    sending.add(sessionId);
    await sessions.showNew();
    await sessions.notSent(sessionId);
    assert.deepEqual([closed, session.isClosed], [[], false]);
    sending.delete(sessionId);
    await sessions.notSent(sessionId);
    assert.deepEqual(closed, [sessionId]);
    const shown = (await sessions.current()).session;
    await sessions.notSent(shown.chat.sessionId);
    assert.equal(shown.isClosed, false);
  });

  it("keeps a session open for as long as something is done that it has to be open for", async (test) => {
    const { sessions, closed, reports } = await openWindow(test, [answer("one")], [], []);
    const { session } = await sessions.current();
    const { sessionId } = session.chat;
    await session.send(prompt("go"));
    const work = Promise.withResolvers<void>();
    const done = sessions.keepOpen(sessionId, () => work.promise);
    await sessions.showNew();
    assert.deepEqual([closed, session.isClosed], [[], false]);
    work.reject(new Error("not sent"));
    await assert.rejects(done, /not sent/);
    await sessions.notSent(sessionId);
    assert.deepEqual([closed, reports], [[sessionId], []]);
  });

  it("knows which were deleted", async (test) => {
    const { sessions } = await openWindow(test, [answer("one")], [answer("two")], []);
    const ids: string[] = [];
    for (let chat = 0; chat < 3; chat++) {
      const { session } = await sessions.current();
      ids.push(session.chat.sessionId);
      await session.send(prompt("go"));
      if (chat === 0) await sessions.showNew();
      if (chat === 1) await sessions.close(session.chat.sessionId);
    }
    const gone = () => ids.map((id) => sessions.isGone(id));
    assert.deepEqual(gone(), [false, true, false]);
    await sessions.startOver(async () => undefined);
    assert.deepEqual(gone(), [false, true, true]);
  });

  it("a new chat that was deleted is not the next new one", async (test) => {
    const { sessions } = await openWindow(test, [], [], []);
    const deleted = (await sessions.current()).session.chat.sessionId;
    await sessions.close(deleted);
    await sessions.close(sessions.shown?.session.chat.sessionId ?? "");
    assert.equal(sessions.isGone(sessions.shown?.session.chat.sessionId ?? ""), false);
  });

  it("closes what is left idle at once, and opens it from the disk", async (test) => {
    const { sessions, closed, isLocked } = await openWindow(test, [answer("one")], [], []);
    const first = (await sessions.current()).session;
    const { sessionId } = first.chat;
    await first.send(prompt("go"));
    await sessions.showNew();
    assert.deepEqual(closed, [sessionId]);
    assert.equal(await isLocked(sessionId), false);
    assert.equal(await sessions.showKept(sessionId), true);
    const again = (await sessions.current()).session;
    assert.notEqual(again, first);
    assert.deepEqual([textOf(again), again.isRunning], [["one"], false]);
  });

  it("shows nothing that is not there, or no name of a session", async (test) => {
    const { sessions, shown } = await openWindow(test);
    await sessions.current();
    for (const id of ["nobody", "../../outside"]) assert.equal(await sessions.showKept(id), false);
    assert.deepEqual(shown, []);
  });

  it("suspends every session when the window closes, and tells their journals nothing of it", async (test) => {
    const { sessions, closed, path, recent } = await openWindow(test, [[untilStopped]], [[untilStopped]]);
    const ids: string[] = [];
    for (const text of ["1", "2"]) {
      await sessions.showNew();
      const { session } = await sessions.current();
      void session.send(prompt(text));
      ids.push(session.chat.sessionId);
      if (text === "1") await sessions.showNew();
    }
    await sessions.suspend();
    assert.deepEqual(closed.toSorted(), ids.toSorted());
    const memory = { recent, update: async () => undefined };
    const later = new SessionFolder({ path, memory, pid: process.pid, patienceMs: 0 });
    const opened = await later.openCurrent();
    assert.equal(opened.start.chat.sessionId, ids[1]);
    assert.partialDeepStrictEqual(opened.start.chat.past, [
      { phase: { kind: "ended", outcome: { kind: "interrupted" } } },
    ]);
    await opened.close();
  });

  it("UX62 ends what runs in a chat that is to be deleted, and shows an empty one where it was shown", async (test) => {
    const { sessions, closed, isLocked } = await openWindow(test, [[untilStopped]]);
    const { session } = await sessions.current();
    const turn = session.send(prompt("1"));
    await sessions.close(session.chat.sessionId);
    assert.deepEqual(await turn, { kind: "cancelled" });
    assert.deepEqual(closed, [session.chat.sessionId]);
    assert.equal(await isLocked(session.chat.sessionId), false);
    assert.equal((await sessions.current()).session.isEmpty, true);
    await sessions.close("nobody");
    assert.equal(sessions.all.length, 1);
  });

  it("ends all of them where everything is deleted", async (test) => {
    const { sessions, closed } = await openWindow(test, [[untilStopped]]);
    const { session } = await sessions.current();
    const turn = session.send(prompt("1"));
    await sessions.showNew();
    const open = sessions.all.map((each) => each.session.chat.sessionId);
    let isOver = false;
    await sessions.startOver(async () => {
      isOver = !session.isRunning;
    });
    assert.deepEqual(await turn, { kind: "cancelled" });
    assert.equal(isOver, true);
    assert.deepEqual(closed.toSorted(), open.toSorted());
    assert.equal(sessions.all.length, 1);
  });
});
