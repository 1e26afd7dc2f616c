import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mock, type TestContext, test } from "node:test";
import * as vscode from "vscode";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { httpErrorReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { applyInEditor } from "../../src/vscode/editor-actions/apply-in-editor.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { until, untilEqual } from "../support/until.ts";
import { answerPrompts } from "./answer-prompts.ts";
import { changeSettings } from "./change-settings.ts";
import { typeInto } from "./open-editor.ts";
import { openGatewaySession, testAccess } from "./test-access.ts";

const root = new EditorWorkspace().folders()[0]?.path ?? "";
const text = "export function one() {\n  return 1;\n}\n\nexport function two() {\n  return 2;\n}\n";
const code = "export function two() {\n  return 22;\n}";
const changed = text.replace("return 2;", "return 22;");

/** A file of the workspace, gone after the test, in an editor. */
async function openFile(context: TestContext, name = "apply-here.ts", content = text) {
  await (await testAccess())();
  const path = join(root, name);
  await writeFile(path, content);
  context.after(async () => {
    // What is unsaved would be saved by itself, behind the removal, and may be on its way to the disk now.
    const { document } = await vscode.window.showTextDocument(vscode.Uri.file(path));
    await document.save();
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(path, { force: true });
  });
  // Nothing but what is tested writes the file.
  await changeSettings(context, { "files.autoSave": "off" });
  const editor = await vscode.window.showTextDocument(vscode.Uri.file(path));
  await untilInFront(editor.document);
  return { path, editor, document: editor.document };
}

async function untilInFront(document: vscode.TextDocument): Promise<void> {
  await until("the file is in front", () => vscode.window.activeTextEditor?.document === document);
}

async function frontDiff(): Promise<vscode.TabInputTextDiff> {
  const input = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  await until("a diff is in front", () => input() instanceof vscode.TabInputTextDiff);
  const diff = input();
  return diff instanceof vscode.TabInputTextDiff ? diff : assert.fail("no diff is in front");
}

async function proposed(): Promise<string> {
  return (await vscode.workspace.openTextDocument((await frontDiff()).modified)).getText();
}

const run = (command: string, ...given: readonly unknown[]) =>
  vscode.commands.executeCommand(`outcrop.${command}`, ...given);

/** Presses a button of VS Code's warnings; answers with what was asked. */
function press(context: TestContext, button: string | undefined) {
  const asked: string[] = [];
  const shown = mock.method(vscode.window, "showWarningMessage", async (question: string) => {
    asked.push(question);
    return button;
  });
  context.after(() => shown.mock.restore());
  return asked;
}

test("UX41 Apply in Editor opens a diff, writes nothing by itself, and Apply is one step of Undo", async (context) => {
  const { path, document } = await openFile(context);
  await applyInEditor({ text: code, path: "apply-here.ts" });
  assert.equal((await frontDiff()).original.fsPath, path);
  await untilEqual(proposed, changed);
  assert.deepEqual([document.getText(), document.isDirty], [text, false]);
  const uri = (await frontDiff()).modified;
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri);
  assert.deepEqual(
    lenses.map(({ range, command }) => [range.start.line, command?.title]),
    [
      [5, "Apply"],
      [5, "Discard"],
    ],
  );
  await run("applyProposal");
  assert.deepEqual([document.getText(), await readFile(path, "utf8")], [changed, text]);
  await untilInFront(document);
  await vscode.commands.executeCommand("undo");
  await untilEqual(() => document.getText(), text);
});

test("UX41 Apply asks where the file changed since, compares again, and Discard leaves it as it is", async (context) => {
  const { document } = await openFile(context);
  await applyInEditor({ text: code });
  await typeInto(document, "// typed\n");
  const asked = press(context, "Compare Again");
  await run("applyProposal", (await frontDiff()).modified);
  assert.match(asked.join(), /^apply-here\.ts was changed since it was compared\./);
  assert.equal(document.getText(), `// typed\n${text}`);
  await untilEqual(proposed, `// typed\n${changed}`);
  await run("discardProposal", (await frontDiff()).modified);
  assert.equal(document.getText(), `// typed\n${text}`);
});

test("UX41 what is selected is what code replaces; a file of git is refused, and one that makes programs run is asked about", async (context) => {
  const { editor } = await openFile(context, "select-here.ts");
  editor.selection = new vscode.Selection(1, 0, 2, 0);
  await applyInEditor({ text: "  return 11;" });
  await untilEqual(proposed, text.replace("return 1;", "return 11;"));
  const errors = mock.method(vscode.window, "showErrorMessage", async () => undefined);
  context.after(() => errors.mock.restore());
  const asked = press(context, undefined);
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await applyInEditor({ text: "x", path: ".git/config" });
  await applyInEditor({ text: "{}", path: ".vscode/settings.json" });
  assert.match(String(errors.mock.calls[0]?.arguments[0]), /^\.git\/config is not changed by Outcrop/);
  assert.match(asked.join(), /^Compare the code with \.vscode\/settings\.json\?/);
  assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab, undefined);
});

test("UX42 code without a file to apply it to becomes a new file that is nowhere on disk", async (context) => {
  await (await testAccess())();
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await until("no editor is open", () => vscode.window.activeTextEditor === undefined);
  context.after(() => vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor"));
  await applyInEditor({ text: "let a = 1;", language: "typescript" });
  await untilEqual(() => {
    const document = vscode.window.activeTextEditor?.document;
    return [document?.isUntitled, document?.languageId, document?.getText()];
  }, [true, "typescript", "let a = 1;"]);
});

test("Edit Selection asks what should change, shows the result as a diff, and Keep writes it; a failure is told", async (context) => {
  const replies: Reply[] = [
    { toolUses: [{ name: "replace_selection", input: { code: "  return 100;" } }] },
    httpErrorReply(403, "AccessDeniedException", "No access."),
  ];
  const emulator = await startEmulator({ script: { replies } });
  context.after(() => emulator.close());
  await openGatewaySession(context, emulator.url);
  const { editor, document } = await openFile(context, "edit-here.ts", `const password = "q7Zr4kPw9XtB2mVn";\n${text}`);
  const before = document.getText();
  editor.selection = new vscode.Selection(2, 0, 3, 0);
  answerPrompts(context, ["return a hundred", "again"]);
  const errors = mock.method(vscode.window, "showErrorMessage", async () => undefined);
  context.after(() => errors.mock.restore());
  await run("editSelection");
  const sent = JSON.stringify(emulator.requests[0]?.body);
  assert.match(sent, /The selected text:\\n```\\n {2}return 1;\\n\\n```[\s\S]*What is to change: return a hundred/);
  assert.doesNotMatch(sent, /q7Zr4kPw9XtB2mVn/);
  assert.equal(document.getText(), before);
  await frontDiff();
  await run("keepProposal");
  assert.equal(document.getText(), before.replace("return 1;", "return 100;"));
  await untilInFront(document);
  await run("editSelection");
  assert.match(String(errors.mock.calls[0]?.arguments[0]), /^Nothing was edited\. /);
});
