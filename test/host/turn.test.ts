import assert from "node:assert/strict";
import { test } from "node:test";
import * as vscode from "vscode";
import type { ApprovalDecision } from "../../src/protocol/approval.ts";
import type { ChatEvent, TurnOutcome } from "../../src/protocol/chat-event.ts";
import type { Chat } from "../../src/vscode/commands.ts";

const question = "where is the retry delay computed, and do the tests pass?";
const allow: ApprovalDecision = { kind: "allow" };

test("A turn of the demo model searches, reads, asks for the task, runs it and answers from the results", async () => {
  const { outcome, events } = await runTurn(question, allow);
  assert.deepEqual(outcome, { kind: "completed" });
  assert.deepEqual(finished(events), [
    ["search_files", "succeeded"],
    ["read_file", "succeeded"],
    ["run_task", "succeeded"],
  ]);
  const answer = events.map((event) => (event.type === "text-delta" ? event.text : "")).join("");
  assert.match(answer, /src\/http\/retry-delay\.ts/);
  assert.match(answer, /exit code 1/);
});

test("A skipped task is not run and the turn goes on with the reason", async () => {
  const { outcome, events } = await runTurn("run the tests", { kind: "skip", feedback: "not now" });
  assert.deepEqual(outcome, { kind: "completed" });
  const denied = events.findLast((event) => event.type === "tool-end");
  assert.partialDeepStrictEqual(denied, {
    state: "denied",
    result: "The user skipped this call. Nothing was run or changed. The user says: not now",
  });
});

test("Stop ends a turn that waits for an approval, and the next turn works", async () => {
  const session = await freshSession();
  const asked = nextEvent(session, "tool-awaiting-approval");
  const turn = session.send({ text: "run the tests", attachments: [] });
  await asked;
  await vscode.commands.executeCommand("outcrop.stop");
  assert.deepEqual(await turn, { kind: "cancelled" });
  assert.deepEqual(await session.send({ text: "hello", attachments: [] }), { kind: "completed" });
});

test("Stop ends a turn in the middle of its text and keeps what was shown", async () => {
  const session = await freshSession();
  const begun = nextEvent(session, "text-delta");
  const turn = session.send({ text: "what is this project?", attachments: [] });
  await begun;
  await vscode.commands.executeCommand("outcrop.stop");
  assert.deepEqual(await turn, { kind: "cancelled" });
  const shown = session.chat.past
    .at(-1)
    ?.parts.map((part) => (part.kind === "text" ? part.text : ""))
    .join("");
  assert.ok((shown ?? "").length > 0);
});

test("The view opens by its command and a new chat is empty", async () => {
  await vscode.commands.executeCommand("outcrop.focusChat");
  await runTurn("hello", allow);
  await vscode.commands.executeCommand("outcrop.newChat");
  assert.equal((await (await access()).controller.session()).isEmpty, true);
});

async function access(): Promise<Chat> {
  const extension = vscode.extensions.getExtension<(() => Promise<Chat>) | undefined>("outcrop.outcrop");
  const load = await extension?.activate();
  assert.ok(load, "The extension gives its tests access in test mode.");
  return load();
}

async function freshSession() {
  const { controller, connection } = await access();
  await connection.choose("demo");
  await controller.newChat();
  return controller.session();
}

type Session = Awaited<ReturnType<typeof freshSession>>;

function nextEvent(session: Session, type: ChatEvent["type"]): Promise<ChatEvent> {
  return new Promise((resolve) => {
    const unsubscribe = session.subscribe((event) => {
      if (event.type !== type) return;
      unsubscribe();
      resolve(event);
    });
  });
}

interface FinishedTurn {
  readonly outcome: TurnOutcome | undefined;
  readonly events: readonly ChatEvent[];
}

/** One turn, its approvals answered as the panel answers them: by id and digest. */
async function runTurn(prompt: string, decision: ApprovalDecision): Promise<FinishedTurn> {
  const session = await freshSession();
  const events: ChatEvent[] = [];
  const unsubscribe = session.subscribe((event) => {
    events.push(event);
    if (event.type !== "tool-awaiting-approval") return;
    const { id, digest } = event.request;
    setImmediate(() => session.answer({ id, digest, decision }));
  });
  const outcome = await session.send({ text: prompt, attachments: [] });
  unsubscribe();
  return { outcome, events };
}

/** Name and end of every tool call, in the order in which they ended; the same call twice is named once. */
function finished(events: readonly ChatEvent[]): readonly (readonly [string, string])[] {
  const names = new Map(
    events.flatMap((event) => (event.type === "tool-start" ? [[event.id, event.name] as const] : [])),
  );
  const ends = events.flatMap((event) =>
    event.type === "tool-end" ? [[names.get(event.id) ?? "", event.state] as const] : [],
  );
  return ends.filter(([name], index) => ends.findIndex(([other]) => other === name) === index);
}
