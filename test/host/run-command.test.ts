import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import * as vscode from "vscode";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { openGatewaySession, testAccess } from "./test-access.ts";

type Ended = Extract<ChatEvent, { type: "tool-end" }>;

/** Plays one command that the user allows, in the extension as it is built, and gives how each call ended. */
async function play(context: TestContext, command: string, settings: Record<string, unknown> = {}) {
  const toolUses = [{ name: "run_command", input: { command } }];
  const emulator = await startEmulator({ script: { replies: [{ toolUses }, { text: "Done." }] } });
  context.after(() => emulator.close());
  const session = await openGatewaySession(context, emulator.url, settings);
  const ended: Ended[] = [];
  context.after(
    session.subscribe((event) => {
      if (event.type === "tool-end") ended.push(event);
      if (event.type === "tool-still-running") session.running.choose(event.id, "use-output");
      if (event.type !== "tool-awaiting-approval") return;
      const { id, digest } = event.request;
      queueMicrotask(() => session.answer({ id, digest, decision: { kind: "allow" } }, "user"));
    }),
  );
  await session.send({ text: "run it", attachments: [] });
  return ended[0] ?? assert.fail("no call ended");
}

function terminals(): number {
  return vscode.window.terminals.filter(({ name, exitStatus }) => name === "Outcrop" && exitStatus === undefined)
    .length;
}

test("A command that the user allows runs in the terminal of the built extension", async (context) => {
  const { title, result } = await play(context, "echo seen; exit 5");
  assert.equal(title, 'Ran "echo seen; exit 5", exit code 5');
  assert.equal(result, "The command finished with exit code 5\nseen");
  assert.equal(terminals(), 1);
});

test("outcrop.commandTerminal never: it runs without one", async (context) => {
  const before = terminals();
  const { result } = await play(context, "test -t 1 || echo no terminal", { "outcrop.commandTerminal": "never" });
  assert.equal(result, "The command finished with exit code 0\nno terminal");
  assert.equal(terminals(), before);
});

test("What goes on running goes on behind a new chat, and ends with its own", { timeout: 120_000 }, async (context) => {
  const started = new Promise<vscode.Terminal>((resolve) => {
    const subscription = vscode.window.onDidStartTerminalShellExecution(({ terminal }) => {
      subscription.dispose();
      resolve(terminal);
    });
  });
  const { title, result } = await play(context, "echo on; sleep 300");
  assert.equal(title, 'Started "echo on; sleep 300", it goes on running');
  assert.match(result, /read on with get_output \(id: [0-9a-f]{8}\)\. Its output so far:\non$/);
  const terminal = await started;
  const ended = new Promise<void>((resolve) => {
    const subscription = vscode.window.onDidEndTerminalShellExecution((event) => {
      if (event.terminal !== terminal) return;
      subscription.dispose();
      resolve();
    });
  });
  const { controller } = await (await testAccess())();
  const { sessionId } = (await controller.session()).chat;
  await controller.newChat();
  assert.ok(controller.sessions.find(sessionId) !== undefined);
  await controller.sessions.close(sessionId);
  await ended;
});
