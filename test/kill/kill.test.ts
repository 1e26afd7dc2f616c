import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { Journal } from "../../src/chat/journal.ts";
import { type JournalContents, readJournal } from "../../src/chat/read-journal.ts";
import { newSession, restoreSession, type SessionStart } from "../../src/chat/restore-session.ts";
import { type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { waitingApprovals } from "../../src/vscode/waiting-approvals.ts";
import { openWireSession } from "../faults/wire-session.ts";
import { refusals } from "../support/accepted-by-bedrock.ts";
import type { KillPoint } from "./kill-after.ts";
import { killPrompts, killResponder, meantSteps, nextAnswer } from "./kill-scene.ts";
import { createKillTools } from "./kill-tools.ts";
import { type KilledTurn, playKilledTurn } from "./killed-turn.ts";

process.env["AWS_EC2_METADATA_DISABLED"] = "true";

/** Kills that are spread over the turn, and the two moments in which a step was just announced. */
const spreadKills = 18;
const stepEnds = [1, 2];
const scratch = await mkdtemp(join(tmpdir(), "outcrop-kill-"));
let emulator: RunningEmulator;
let eventsInAll = 0;

before(async () => {
  emulator = await startEmulator({ script: killResponder });
  const whole = await playKilledTurn(filesOf("whole"));
  assert.deepEqual([whole.code, whole.events.at(-1)?.type], [0, "turn-end"]);
  eventsInAll = whole.events.length;
});

after(async () => {
  await emulator.close();
  await rm(scratch, { recursive: true, force: true });
});

describe("a process that is killed in the middle of a turn", { concurrency: 2 }, () => {
  for (let kill = 1; kill <= spreadKills; kill++) {
    it(`leaves a session that goes on, at point ${kill} of ${spreadKills}`, async () => {
      const count = Math.round((kill * (eventsInAll - 2)) / spreadKills);
      await assertSurvives(`point-${kill}`, { count });
    });
  }
  for (const step of stepEnds) {
    it(`leaves a session that goes on, when step ${step} was just announced`, async () => {
      await assertSurvives(`step-${step}`, { type: "step-end", count: step });
    });
  }
});

async function assertSurvives(name: string, killAfter: KillPoint): Promise<void> {
  const options = filesOf(name);
  const killed = await playKilledTurn({ ...options, killAfter });
  assert.equal(killed.signal, "SIGKILL");
  const contents = await readJournal(options.sessionFile);
  const start = contents === undefined ? newSession("never-written") : restoreSession(contents, Date.now());
  assertRestored(killed, contents, start);
  await assertGoesOn(options, start, contents !== undefined);
}

function filesOf(name: string) {
  return {
    folder: scratch,
    endpoint: emulator.url,
    sessionFile: join(scratch, `${name}.jsonl`),
    logFile: join(scratch, `${name}.log`),
  };
}

/** The session opens, is valid, and has every step that was announced. */
function assertRestored(
  { events }: KilledTurn,
  contents: JournalContents | undefined,
  { chat, messages }: SessionStart,
) {
  assert.equal(chat.current, null);
  const last = chat.past.at(-1);
  if (contents !== undefined) {
    const end = contents.events.some(({ type }) => type === "turn-end") ? "completed" : "interrupted";
    assert.equal(last?.phase.kind === "ended" && last.phase.outcome.kind, end);
    assert.equal(last?.prompt, killPrompts.first);
  }
  assert.deepEqual(refusals(messages.length > 0 ? messages : promptOnly), []);
  assert.deepEqual(refusals([...messages, ...promptOnly]), []);
  const answers = messages.filter(({ role }) => role === "assistant").map(toStep);
  assert.deepEqual(answers, meantSteps.slice(0, answers.length));
  assert.ok(answers.length >= countOf(events, "step-end"), `${answers.length} steps are kept`);
  const results = messages.filter(({ content }) => content?.some(({ toolResult }) => toolResult !== undefined));
  assert.ok(results.length >= countOf(events, "step-start") - 1, `the results of ${results.length} steps are kept`);
}

const promptOnly: readonly Message[] = [{ role: "user", content: [{ text: killPrompts.next }] }];

function toStep({ content = [] }: Message): (typeof meantSteps)[number] {
  return {
    text: content.map((block) => block.text ?? "").join(""),
    toolUseIds: content.flatMap(({ toolUse }) => (toolUse === undefined ? [] : [toolUse.toolUseId])),
  };
}

function countOf(events: readonly ChatEvent[], type: ChatEvent["type"]): number {
  return events.filter((event) => event.type === type).length;
}

/** Nothing runs by itself on opening, and a further turn completes in the same file. */
async function assertGoesOn(
  { endpoint, sessionFile, logFile }: ReturnType<typeof filesOf>,
  start: SessionStart,
  resumed: boolean,
): Promise<void> {
  const runsBefore = readRuns(logFile);
  const journal = new Journal(sessionFile, start.chat.sessionId, resumed);
  const tools = createKillTools(logFile);
  const { session, pool, reports } = openWireSession({ endpoint, tools, patienceMs: 10_000, start, store: journal });
  try {
    await sleep(50);
    assert.deepEqual([session.isRunning, waitingApprovals(session.chat).length], [false, 0]);
    const outcome = await session.send({ text: killPrompts.next, attachments: [] });
    assert.deepEqual(outcome, { kind: "completed" });
    assert.deepEqual(reports, []);
    assert.deepEqual(readRuns(logFile), runsBefore);
  } finally {
    pool.close();
    await journal.close();
  }
  const contents = await readJournal(sessionFile);
  assert.ok(contents !== undefined);
  const { chat, messages } = restoreSession(contents, Date.now());
  assert.equal(chat.past.length, start.chat.past.length + 1);
  assert.deepEqual(messages.at(-1), { role: "assistant", content: [{ text: nextAnswer }] });
}

function readRuns(logFile: string): readonly string[] {
  return existsSync(logFile) ? readFileSync(logFile, "utf8").trimEnd().split("\n") : [];
}
