import assert from "node:assert/strict";
import { mock, type TestContext, test } from "node:test";
import * as vscode from "vscode";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { openGatewaySession } from "./test-access.ts";

const run = (command: string) => vscode.commands.executeCommand(`outcrop.${command}`);

/** No editor is open, before and after. */
async function closeEditors(context: TestContext): Promise<void> {
  const close = () => vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await close();
  context.after(close);
}

function shownText(): string {
  const { document } = vscode.window.activeTextEditor ?? assert.fail("no editor is open");
  assert.deepEqual([document.uri.scheme, document.languageId], ["outcrop-accessible", "plaintext"]);
  return document.getText();
}

test("UX96 Accessibility Help says in an editor, as plain text, what the chat consists of and which keys work it", async (context) => {
  await closeEditors(context);
  await run("accessibilityHelp");
  const lines = shownText().split("\n");
  assert.equal(lines[0], "Outcrop's chat: a list of prompts and responses, and below it the composer.");
  for (const heading of ["Composer", "Responses", "Approvals and questions", "Changed files", "What is announced"]) {
    assert.ok(lines.includes(heading), heading);
  }
});

test("UX96 Accessible View says where there is no response yet, then shows the last one as plain text, and the one after it", async (context) => {
  await closeEditors(context);
  const first = "It is in `retry-delay.ts`:\n\n```ts\nconst delay = 1;\n```\n\u202e**Done**.";
  const emulator = await startEmulator({ script: { replies: [{ text: first }, { text: "Again." }] } });
  context.after(() => emulator.close());
  const session = await openGatewaySession(context, emulator.url);
  const told = mock.method(vscode.window, "showInformationMessage", async () => undefined);
  context.after(() => told.mock.restore());
  await run("accessibleView");
  const noneYet = () =>
    told.mock.calls.filter(({ arguments: [text] }) => String(text) === "There is no response in this chat yet.").length;
  assert.equal(noneYet(), 1);
  assert.equal(vscode.window.activeTextEditor, undefined);
  await session.send({ text: "Where is the delay?", attachments: [] });
  await run("accessibleView");
  assert.equal(shownText(), `You: Where is the delay?\n\nOutcrop:\n\n${first.replace("\u202e", "⟦U+202E⟧")}`);
  await session.send({ text: "And now?", attachments: [] });
  await run("accessibleView");
  assert.equal(shownText(), "You: And now?\n\nOutcrop:\n\nAgain.");
  assert.equal(noneYet(), 1);
});
