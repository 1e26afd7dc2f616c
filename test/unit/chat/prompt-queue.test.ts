import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Journal } from "../../../src/chat/journal.ts";
import { readJournal } from "../../../src/chat/read-journal.ts";
import { newSession, restoreSession } from "../../../src/chat/restore-session.ts";
import { createSession } from "../../support/create-session.ts";
import { answeringTool } from "../../support/fake-tool.ts";
import {
  messageStop,
  modelError,
  ScriptedModel,
  textBlock,
  toolBlock,
  untilStopped,
} from "../../support/scripted-model.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const says = (text: string) => [...textBlock(0, text), messageStop("end_turn")];
const calls = [...toolBlock(0, "t1", "look", "{}"), messageStop("tool_use")];
const prompt = (text: string) => ({ text, attachments: [] });
const attached = (text: string) => ({
  text,
  attachments: [
    { id: "a", label: "a.ts:1", path: "a.ts", startLine: 1, endLine: 1, text: "let a", language: "typescript" },
  ],
});

/** Waits in the stream until it is opened. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { part: () => promise, open: resolve };
}

/** Resolves when the turn's first request has got to the model. */
function begun(session: ReturnType<typeof createSession>["session"]): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = session.subscribe(({ type }) => {
      if (type !== "text-delta") return;
      unsubscribe();
      resolve();
    });
  });
}

/** The last message of each request, as texts and results. */
const lastMessages = ({ requests }: ScriptedModel) =>
  requests.map(({ messages = [] }) =>
    messages.at(-1)?.content?.map(({ text, toolResult }) => text ?? `result of ${toolResult?.toolUseId}`),
  );
const queued = ({ chat }: ReturnType<typeof createSession>["session"]) =>
  (chat.queued ?? []).map(({ text, action }) => [action, text]);

describe("prompts that wait for a running turn", () => {
  it("UX17 UX18 sends what is queued when the turn is done, in order, what was to steer first", async () => {
    const gate = held();
    const model = new ScriptedModel([gate.part, ...says("1")], says("2"), says("3"), says("4"));
    const { session } = createSession(model);
    const turn = session.send(prompt("one"));
    session.queue.add(prompt("two"), "queue");
    session.queue.add(attached("three"), "queue");
    session.queue.add(prompt("steer"), "steer");
    assert.deepEqual(queued(session), [
      ["queue", "two"],
      ["queue", "three"],
      ["steer", "steer"],
    ]);
    gate.open();
    assert.deepEqual(await turn, { kind: "completed" });
    await session.settled();
    assert.deepEqual(
      session.chat.past.map((each) => each.prompt),
      ["one", "steer", "two", "three"],
    );
    assert.deepEqual(queued(session), []);
    assert.deepEqual(lastMessages(model).at(-1), [
      "Selection from a.ts, lines 1 to 1:\n```typescript\nlet a\n```",
      "three",
    ]);
  });

  it("UX17 puts what is to steer behind the results of the turn's calls, in the same message", async () => {
    const gate = held();
    const model = new ScriptedModel([gate.part, ...calls], says("done"));
    const { session, stored } = createSession(model, { tools: () => [answeringTool("look", "seen")] });
    const turn = session.send(prompt("one"));
    session.queue.add(prompt("rather this"), "steer");
    session.queue.add(prompt("later"), "queue");
    gate.open();
    await turn;
    assert.deepEqual(lastMessages(model)[1], ["result of t1", "rather this"]);
    const [first] = session.chat.past;
    assert.deepEqual(
      first?.parts.map((part) => (part.kind === "steered" ? part.prompt : part.kind)),
      ["tool", "rather this", "text"],
    );
    assert.deepEqual(stored.messages[2]?.content?.at(-1), { text: "rather this" });
    session.stop();
    await session.settled();
  });

  it("UX18 sends nothing of itself behind a turn that was stopped or has failed", async () => {
    for (const [reply, kind] of [
      [[...textBlock(0, "1"), untilStopped], "cancelled"],
      [[modelError("validation")], "failed"],
    ] as const) {
      const gate = held();
      const model = new ScriptedModel([gate.part, ...reply], says("2"));
      const { session } = createSession(model);
      const turn = session.send(prompt("one"));
      session.queue.add(prompt("two"), "steer");
      const started = kind === "cancelled" ? begun(session) : undefined;
      gate.open();
      await started;
      if (kind === "cancelled") session.stop();
      assert.equal((await turn)?.kind, kind);
      assert.deepEqual([session.isRunning, queued(session)], [false, [["steer", "two"]]]);
      const id = session.chat.queued?.[0]?.id ?? "";
      assert.deepEqual(await session.queue.sendNow(id), { kind: "completed" });
      assert.deepEqual(queued(session), []);
    }
  });

  it("UX18 takes back one, all, or sends one at once in the place of what runs", async () => {
    const model = new ScriptedModel([...textBlock(0, "1"), untilStopped], says("2"));
    const { session } = createSession(model);
    const started = begun(session);
    const turn = session.send(prompt("one"));
    await started;
    for (const text of ["two", "three", "four"]) session.queue.add(attached(text), "queue");
    const [two, three] = session.chat.queued ?? [];
    assert.deepEqual(session.queue.take(two?.id ?? ""), attached("two"));
    assert.equal(session.queue.take(two?.id ?? ""), undefined);
    const now = session.queue.sendNow(three?.id ?? "");
    assert.deepEqual(await turn, { kind: "cancelled" });
    session.queue.clear();
    assert.deepEqual(await now, { kind: "completed" });
    assert.deepEqual(
      session.chat.past.map((each) => each.prompt),
      ["one", "three"],
    );
    assert.deepEqual(queued(session), []);
  });

  it("UX17 stops what runs and sends in its place", async () => {
    const { session } = createSession(new ScriptedModel([...textBlock(0, "1"), untilStopped], says("2")));
    const started = begun(session);
    void session.send(prompt("one"));
    await started;
    assert.deepEqual(await session.queue.sendInstead(prompt("two")), { kind: "completed" });
    assert.deepEqual(
      session.chat.past.map(({ phase }) => phase.kind === "ended" && phase.outcome.kind),
      ["cancelled", "completed"],
    );
  });

  it("UX52 keeps what was attached to a prompt, also over the end of the process", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const journal = new Journal(path, "s1", false);
    const { session } = createSession(new ScriptedModel(says("1")), { start: newSession("s1"), store: journal });
    await session.send(attached("one"));
    await journal.close();
    const start = restoreSession((await readJournal(path)) ?? assert.fail("nothing was read"), 9);
    const later = createSession(new ScriptedModel(), { start }).session;
    const { id = "" } = later.chat.past[0] ?? {};
    assert.deepEqual(later.queue.attachmentsOf(id), attached("one").attachments);
    assert.deepEqual(later.queue.attachmentsOf("nobody"), []);
  });

  it("UX18 survives the end of the process, with what is attached, and waits there for the user", async (test) => {
    const path = join(await temporaryFolder(test), "s1.jsonl");
    const journal = new Journal(path, "s1", false);
    const { session } = createSession(new ScriptedModel([untilStopped]), { start: newSession("s1"), store: journal });
    void session.send(prompt("one"));
    session.queue.add(attached("two"), "queue");
    session.suspend();
    await session.settled();
    await journal.close();
    const contents = (await readJournal(path)) ?? assert.fail("nothing was read");
    const model = new ScriptedModel(says("2"));
    const later = createSession(model, { start: restoreSession(contents, 9) }).session;
    assert.deepEqual([later.isRunning, queued(later)], [false, [["queue", "two"]]]);
    assert.deepEqual(later.queue.take(later.chat.queued?.[0]?.id ?? ""), attached("two"));
  });
});
