import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mock, type TestContext, test } from "node:test";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { terminalSelection } from "../../src/vscode/context/terminal-selection.ts";
import { copyPath } from "../../src/vscode/editor-actions/reference-menu.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { until, untilEqual } from "../support/until.ts";
import { openGatewaySession, testAccess } from "./test-access.ts";

const root = new EditorWorkspace().folders()[0]?.path ?? "";
const secret = "q7Zr4kPw9XtB2mVn";
const git = (...parameters: readonly string[]) => promisify(execFile)("git", parameters, { cwd: root });
const run = (command: string, ...given: readonly unknown[]) =>
  vscode.commands.executeCommand(`outcrop.${command}`, ...given);

async function openChat(context: TestContext) {
  const emulator = await startEmulator({ script: { replies: [{ text: "Done." }, { text: "Done." }] } });
  context.after(() => emulator.close());
  const session = await openGatewaySession(context, emulator.url);
  const { controller, view } = await (await testAccess())();
  context.after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));
  return { emulator, session, controller, view };
}

function watch(context: TestContext, kind: "showErrorMessage" | "showInformationMessage"): readonly string[] {
  const shown: string[] = [];
  const watched = mock.method(vscode.window, kind, async (text: string) => void shown.push(text));
  context.after(() => watched.mock.restore());
  return shown;
}

test("Review Changes sends what is staged, its secrets masked, and says so where nothing is changed", async (context) => {
  const { emulator, session, controller } = await openChat(context);
  const file = join(root, "src", "round.ts");
  const before = await readFile(file, "utf8");
  context.after(async () => {
    await git("reset", "--quiet");
    await writeFile(file, before);
  });
  await writeFile(file, `${before}// rounds up\nconst password = "${secret}";\n`);
  await git("add", "src/round.ts");
  await run("reviewChanges");
  await session.settled();
  const sent = JSON.stringify(emulator.requests[0]?.body);
  assert.match(sent, /Attached changes: Staged changes[\s\S]*\+\/\/ rounds up[\s\S]*Review these changes\./);
  assert.doesNotMatch(sent, new RegExp(secret));
  await controller.newChat();
});

test("What is selected in a terminal is read through the clipboard, which is as it was afterwards", async (context) => {
  let kept = "the user's own";
  let writes = 0;
  let selected = "npm ERR! missing script: tset\n";
  const clipboard = {
    readText: async () => kept,
    writeText: async (text: string) => {
      kept = text;
      writes++;
    },
  };
  const { executeCommand } = vscode.commands;
  const copying = mock.method(vscode.commands, "executeCommand", async (command: string, ...given: unknown[]) => {
    if (command !== "workbench.action.terminal.copySelection") return executeCommand(command, ...given);
    if (selected !== "") kept = selected;
    return undefined;
  });
  context.after(() => copying.mock.restore());
  const { kind, text, detail } = await terminalSelection(clipboard);
  assert.deepEqual([kind, text, kept], ["terminal", "npm ERR! missing script: tset", "the user's own"]);
  assert.match(detail ?? "", /^1 line selected in /u);
  selected = "";
  await assert.rejects(terminalSelection(clipboard), { message: "Select some text in the terminal first." });
  assert.equal(kept, "the user's own");
  // An image in the clipboard is no text: what is not written stays.
  [kept, writes] = ["", 0];
  await assert.rejects(terminalSelection(clipboard), { message: "Select some text in the terminal first." });
  assert.equal(writes, 0);
});

test("UX45 a reference opens to the side at its line, is copied, and is added to the chat; one that is not there is told", async (context) => {
  const { controller } = await openChat(context);
  await vscode.window.showTextDocument(vscode.Uri.file(join(root, "README.md")));
  const reference = { webviewSection: "file-reference", path: "src/http/retry-delay.ts", line: 8 };
  await run("openReferenceToSide", reference);
  await untilEqual(() => {
    const { activeTextEditor: editor } = vscode.window;
    return [editor?.viewColumn, editor?.selection.start.line];
  }, [2, 7]);
  const copied: string[] = [];
  await copyPath([reference], { writeText: async (text) => void copied.push(text) });
  assert.deepEqual(copied, ["src/http/retry-delay.ts:8"]);
  await run("addReferenceToChat", reference);
  assert.deepEqual(
    controller.attachments.map(({ label }) => label),
    ["retry-delay.ts"],
  );
  const [told, errors] = [watch(context, "showInformationMessage"), watch(context, "showErrorMessage")];
  for (const path of ["src/missing.ts", "../package.json", "/etc/passwd"]) {
    await run("openReferenceToSide", { path });
    await run("addReferenceToChat", { path });
  }
  assert.deepEqual([told.length, errors.length, controller.attachments.length], [3, 3, 1]);
  await controller.newChat();
});

test("UX2 the key's command shows the chat and puts the caret into the composer, and doing it again changes nothing", async (context) => {
  const { view, controller } = await openChat(context);
  const focused = mock.method(view, "postWhenReady", () => undefined);
  context.after(() => focused.mock.restore());
  await run("focusChat");
  const before = (await controller.session()).chat.sessionId;
  await run("focusChat");
  await until("the chat is shown", () => view.isVisible);
  assert.equal((await controller.session()).chat.sessionId, before);
  assert.deepEqual(
    focused.mock.calls.map(({ arguments: given }) => given),
    [[{ type: "focus-composer" }], [{ type: "focus-composer" }]],
  );
});
