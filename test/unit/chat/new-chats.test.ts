import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { type OpenedSession, SessionFolder, type SessionMemory } from "../../../src/chat/session-folder.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const connection = { kind: "demo" } as const;
const chosen: ChatEvent = { type: "choice", mode: "ask", at: 1 };
const said: readonly ChatEvent[] = [
  { type: "turn-start", turnId: "turn", prompt: "hello", attachments: [], connection, at: 1 },
  { type: "turn-end", outcome: { kind: "completed" }, at: 2 },
];

/** A folder of sessions, and windows on it with one memory. */
async function folder(test: TestContext) {
  const path = await temporaryFolder(test);
  const [memory, newChats] = [remember(), remember()];
  const window = (patienceMs = 0, pid = process.pid) => new SessionFolder({ path, memory, newChats, pid, patienceMs });
  const lock = (id: string, pid: number) => writeFile(join(path, `${id}.lock`), `${pid}\n`);
  return { window, newChats, lock };
}

function remember(): SessionMemory {
  let kept: readonly string[] = [];
  return {
    recent: () => kept,
    update: async (next) => {
      kept = next;
    },
  };
}

function idOf({ start }: OpenedSession): string {
  return start.chat.sessionId;
}

async function close(opened: OpenedSession, ...events: readonly ChatEvent[]): Promise<string> {
  for (const event of events) opened.journal.event(event);
  await opened.close();
  return idOf(opened);
}

describe("UX7 a chat in which nothing was said keeps its id", () => {
  it("when the window is loaded again, and when it was left and a new chat is wanted", async (test) => {
    const { window } = await folder(test);
    const id = await close(await window().openNew());
    assert.equal(await close(await window().openCurrent()), id);
    const again = window();
    const other = await close(await again.openCurrent(), ...said);
    assert.equal(other, id);
    await again.begun(id);
    const next = await again.openNew(id);
    assert.notEqual(idOf(next), id);
    const shown = await again.openKept(id, await close(next));
    assert.equal(shown?.start.chat.past.length, 1);
    assert.equal(idOf(await again.openNew(id)), idOf(next));
  });

  it("two that are open at once have two ids, and each comes back", async (test) => {
    const { window, newChats } = await folder(test);
    const own = window();
    const [one, two] = [await own.openNew(), await own.openNew()];
    const ids = [await close(two), await close(one)];
    assert.notEqual(ids[0], ids[1]);
    assert.deepEqual([idOf(await own.openNew()), idOf(await own.openNew())], ids);
    assert.deepEqual(newChats.recent(), ids.toReversed(), "the one that was opened last first");
  });

  it("one that another window has open stays that window's", async (test) => {
    const { window, lock } = await folder(test);
    const id = await close(await window().openNew());
    await lock(id, process.ppid);
    const second = await close(await window().openCurrent());
    assert.notEqual(second, id);
    await lock(second, process.ppid);
    await lock(id, process.pid);
    assert.equal(await close(await window().openCurrent()), id);
  });

  it("waits for the window of before a reload, which may still be ending", async (test) => {
    const { window } = await folder(test);
    const before = await window(0, process.ppid).openNew();
    const after = window(10_000).openCurrent();
    assert.equal(await close(before), idOf(await after));
  });

  it("with the mode that was chosen in it; one with a prompt, a title or an unreadable file is none", async (test) => {
    const { window, newChats } = await folder(test);
    const id = await close(await window().openNew(), chosen);
    const own = window();
    const left = await own.openNew();
    assert.deepEqual([idOf(left), left.start.chat.mode], [id, "ask"]);
    await close(left, ...said, { type: "rewind", turnId: "turn", messages: 0, at: 3 });
    const second = await close(await own.openNew(), { type: "title", title: "Named", usage: null, at: 1 });
    const third = await close(await own.openNew());
    assert.equal(new Set([id, second, third]).size, 3);
    assert.deepEqual(newChats.recent(), [third]);
  });

  it("in a killed process too, which had not kept what it remembers", async (test) => {
    const { window, newChats, lock } = await folder(test);
    await lock("left", 2 ** 30);
    assert.equal(await close(await window().openCurrent()), "left");
    assert.deepEqual(newChats.recent(), ["left"]);
  });

  it("and is another once what was remembered is forgotten", async (test) => {
    const { window, newChats } = await folder(test);
    const own = window();
    const id = await close(await own.openNew());
    await newChats.update([]);
    const fresh = idOf(await own.openNew());
    assert.notEqual(fresh, id);
    assert.deepEqual(newChats.recent(), [fresh]);
  });
});
