import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mock, type TestContext, test } from "node:test";
import * as vscode from "vscode";
import { runCodeAction } from "../../src/vscode/editor-actions/code-actions.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { until, untilEqual } from "../support/until.ts";
import { changeSettings } from "./change-settings.ts";
import { openEditor } from "./open-editor.ts";

const root = new EditorWorkspace().folders()[0]?.path ?? "";
const code = { text: "const delay = 2;", language: "ts" };
const text = "const delay = 1;\nconst limit = 3;\n";

/** No editor is open, before and after. */
async function closeAll(context: TestContext): Promise<void> {
  const close = async (): Promise<void> => {
    while (vscode.window.tabGroups.activeTabGroup.activeTab !== undefined) {
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
  };
  await close();
  await until("no editor is open", () => vscode.window.activeTextEditor === undefined);
  context.after(close);
}

function shown() {
  const document = vscode.window.activeTextEditor?.document;
  return [document?.isUntitled, document?.languageId, document?.getText()];
}

test("UX42 UX38 Insert at Cursor without an open editor makes a new file that is nowhere on disk, as Insert into New File does", async (context) => {
  await closeAll(context);
  await runCodeAction({ ...code, action: "insert-at-cursor" });
  await untilEqual(shown, [true, "typescript", code.text]);
  const first = vscode.window.activeTextEditor?.document;
  await runCodeAction({ text: "odd", language: "no-such-language", action: "new-file" });
  await untilEqual(shown, [true, "plaintext", "odd"]);
  assert.notEqual(vscode.window.activeTextEditor?.document, first);
  assert.equal(first?.getText(), code.text);
});

test("UX38 Insert at Cursor puts the code at each cursor, in the place of what is selected, as one step of Undo", async (context) => {
  const path = join(root, "insert-here.ts");
  await writeFile(path, text);
  const editor = await openEditor(context, path);
  // A save that is on its way would make the file again; off until the editor is closed.
  await changeSettings(context, { "files.autoSave": "off" });
  // After the editor, which would be saved behind the removal.
  context.after(() => rm(path, { force: true }));
  const { document } = editor;
  editor.selections = [new vscode.Selection(0, 0, 0, 16), new vscode.Selection(2, 0, 2, 0)];
  await runCodeAction({ ...code, action: "insert-at-cursor" });
  assert.equal(document.getText(), `${code.text}\nconst limit = 3;\n${code.text}`);
  await until("its editor is in front", () => vscode.window.activeTextEditor?.document === document);
  await vscode.commands.executeCommand("undo");
  await untilEqual(() => document.getText(), text);
});

test("UX38 Insert at Cursor says of an editor that cannot be changed that it cannot, and leaves it as it is", async (context) => {
  await closeAll(context);
  const provider = vscode.workspace.registerTextDocumentContentProvider("scene-read-only", {
    provideTextDocumentContent: () => text,
  });
  context.after(() => provider.dispose());
  const warnings = mock.method(vscode.window, "showWarningMessage", async () => undefined);
  context.after(() => warnings.mock.restore());
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse("scene-read-only:/delay.ts"));
  await vscode.window.showTextDocument(document);
  await until("its editor is in front", () => vscode.window.activeTextEditor?.document === document);
  await runCodeAction({ ...code, action: "insert-at-cursor" });
  assert.equal(document.getText(), text);
  assert.deepEqual(
    warnings.mock.calls.map(({ arguments: given }) => given[0]),
    ["This editor cannot be changed. Open a file of yours to insert the code."],
  );
});

test("UX38 Insert into Terminal types the code, without what could run it, and does not run it", async (context) => {
  const { terminal, typed, typedUntil } = await openTerminal(context);
  await runCodeAction({ text: "echo one\u0003\u001b[201~\n", language: "sh", action: "terminal" });
  await typedUntil(/one/);
  assert.equal(vscode.window.activeTerminal, terminal);
  // What comes after it has come too, and nothing in between.
  terminal.sendText("!", false);
  await typedUntil(/!/);
  assert.equal(typed(), "echo one[201~!");
});

/** A terminal that is in front and keeps what is typed into it. */
async function openTerminal(context: TestContext) {
  const output = new vscode.EventEmitter<string>();
  const opened = Promise.withResolvers<void>();
  let typed = "";
  let look = (): void => undefined;
  const terminal = vscode.window.createTerminal({
    name: "scene",
    pty: {
      onDidWrite: output.event,
      open: () => opened.resolve(),
      close: () => undefined,
      handleInput: (part: string) => {
        typed += part;
        look();
      },
    },
  });
  context.after(() => terminal.dispose());
  terminal.show();
  await opened.promise;
  await until("the terminal is in front", () => vscode.window.activeTerminal === terminal);
  const typedUntil = (wanted: RegExp): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (wanted.test(typed)) resolve();
      };
      look();
    });
  return { terminal, typed: () => typed, typedUntil };
}
