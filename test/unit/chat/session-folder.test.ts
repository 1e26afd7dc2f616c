import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  type OpenedSession,
  SessionFolder,
  type SessionMemory,
  workspaceDigest,
} from "../../../src/chat/session-folder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** A process that lives as long as the tests: the one that started them. */
const otherProcess = process.ppid;

describe("SessionFolder", () => {
  it("opens the session again that this window showed last", async (test) => {
    const path = await temporaryFolder(test);
    const memory = remember();
    const id = await converse(await open(path, memory).openNew());
    const again = await open(path, memory).openCurrent();
    assert.deepEqual([again.start.chat.sessionId, again.start.chat.past.length], [id, 1]);
    await again.close();
    assert.deepEqual(await readdir(path), [`${id}.jsonl`]);
  });

  it("opens the newest session of the workspace where the window remembers none", async (test) => {
    const path = await temporaryFolder(test);
    const ids = [
      await converse(await open(path, remember()).openNew()),
      await converse(await open(path, remember()).openNew()),
    ];
    const [older = "", newer = ""] = ids;
    await utimes(join(path, `${newer}.jsonl`), 1000, 1000);
    assert.equal((await open(path, remember()).openCurrent()).start.chat.sessionId, older);
  });

  it("keeps a new chat empty that was never used", async (test) => {
    const path = await temporaryFolder(test);
    const memory = remember();
    const used = await converse(await open(path, memory).openNew());
    await (await open(path, memory).openNew(used)).close();
    const again = await open(path, memory).openCurrent();
    assert.deepEqual([again.start.chat.past, again.start.chat.sessionId === used], [[], false]);
  });

  it("opens the chat that a killed process had just begun, which the window does not remember yet", async (test) => {
    const path = await temporaryFolder(test);
    const memory = remember();
    const older = await converse(await open(path, memory).openNew());
    const left = await converse(await open(path, remember()).openNew());
    for (const id of [older, left]) await writeFile(join(path, `${id}.lock`), `${endedProcess()}\n`);
    for (const time of ["the first time", "again"]) {
      const current = await open(path, memory).openCurrent();
      assert.equal(current.start.chat.sessionId, left, time);
      await current.close();
    }
    assert.deepEqual(memory.recent(), [left, older]);
  });

  it("does not open a session that another live process writes, and both windows come back to their own", async (test) => {
    const path = await temporaryFolder(test);
    const memory = remember();
    const first = await converse(await open(path, memory).openNew());
    await writeFile(join(path, `${first}.lock`), `${otherProcess}\n`);

    const second = await open(path, memory).openCurrent();
    const secondId = await converse(second);
    assert.notEqual(secondId, first);
    assert.deepEqual(memory.recent(), [secondId, first]);

    const secondAgain = await open(path, memory).openCurrent();
    assert.equal(secondAgain.start.chat.sessionId, secondId);
    await secondAgain.close();
    await writeFile(join(path, `${secondId}.lock`), `${process.pid}\n`);
    assert.equal((await open(path, memory, otherProcess).openCurrent()).start.chat.sessionId, first);
  });

  it("takes over a session whose process is gone", async (test) => {
    const path = await temporaryFolder(test);
    const memory = remember();
    const id = await converse(await open(path, memory).openNew());
    for (const left of [`${endedProcess()}\n`, "", "no pid"]) {
      await writeFile(join(path, `${id}.lock`), left);
      const taken = await open(path, memory).openCurrent();
      assert.equal(taken.start.chat.sessionId, id);
      await taken.close();
    }
  });

  it("waits for the window of before a reload, which may still be ending", async (test) => {
    const path = await temporaryFolder(test);
    const memory = remember();
    const before = await open(path, memory, otherProcess).openNew();
    record(before);
    const after = open(path, memory, process.pid, 10_000).openCurrent();
    await before.close();
    assert.equal((await after).start.chat.sessionId, before.start.chat.sessionId);
  });

  it("frees a session whose journal cannot be read", async (test) => {
    const path = await temporaryFolder(test);
    await writeFile(join(path, "broken.jsonl"), "no record\n");
    await assert.rejects(open(path, remember(["broken"])).openCurrent(), { name: "JournalError" });
    assert.deepEqual(await readdir(path), ["broken.jsonl"]);
  });
});

it("a workspace's folder is named after its folders, whatever their order", () => {
  const names = [["file:///a", "file:///b"], ["file:///b", "file:///a"], ["file:///a"]].map(workspaceDigest);
  assert.match(names[0] ?? "", /^[0-9a-f]{16}$/);
  assert.deepEqual([names[0] === names[1], names[0] === names[2]], [true, false]);
});

function open(path: string, memory: SessionMemory, pid = process.pid, patienceMs = 0): SessionFolder {
  return new SessionFolder({ path, memory, pid, patienceMs });
}

function remember(recent: readonly string[] = []): SessionMemory {
  let kept = recent;
  return {
    recent: () => kept,
    update: async (next) => {
      kept = next;
    },
  };
}

function record({ journal }: OpenedSession): void {
  const connection = { kind: "demo" } as const;
  journal.event({ type: "turn-start", turnId: "turn", prompt: "hello", attachments: [], connection, at: 1 });
  journal.event({ type: "turn-end", outcome: { kind: "completed" }, at: 2 });
}

/** One turn, and the session closed; its id. */
async function converse(session: OpenedSession): Promise<string> {
  record(session);
  await session.close();
  return session.start.chat.sessionId;
}

/** The pid of a process that is gone. */
function endedProcess(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}
