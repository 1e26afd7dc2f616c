import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mock, type TestContext, test } from "node:test";
import * as vscode from "vscode";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { untilEqual } from "../support/until.ts";
import { openGatewaySession } from "./test-access.ts";

type JsonDocument = Readonly<Record<string, string | number>>;

const root = new EditorWorkspace().folders()[0]?.path ?? "";
const secret = "q7Zr4kPw9XtB2mVn";
const schema = {
  type: "object",
  properties: { carrier: { type: "string" }, days: { type: "integer", minimum: 1 } },
  required: ["carrier", "days"],
  additionalProperties: false,
};

function saved(document: JsonDocument): Reply {
  return { toolUses: [{ name: "save_document", input: { document } }] };
}

/** Files of the workspace for one test, and a Bedrock that gives these answers. */
async function openScene(context: TestContext, files: Readonly<Record<string, string>>, replies: readonly Reply[]) {
  const emulator = await startEmulator({ script: { replies: [...replies] } });
  context.after(() => emulator.close());
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
  context.after(async () => {
    for (const name of Object.keys(files)) await rm(join(root, name), { force: true });
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });
  await openGatewaySession(context, emulator.url);
  return emulator;
}

/** Picks in VS Code's lists by label, and presses a button of each error; answers with the errors. */
function answer(context: TestContext, labels: readonly string[], press?: string) {
  const left = [...labels];
  const errors: string[] = [];
  const picks = mock.method(vscode.window, "showQuickPick", async (items: readonly vscode.QuickPickItem[]) => {
    const wanted = left.shift();
    return items.find(({ label }) => label === wanted) ?? assert.fail(`no ${wanted} to pick`);
  });
  const told = mock.method(vscode.window, "showErrorMessage", async (text: string) => {
    errors.push(text);
    return press;
  });
  context.after(() => {
    picks.mock.restore();
    told.mock.restore();
  });
  return errors;
}

const extract = (file?: string) =>
  vscode.commands.executeCommand(
    "outcrop.extractToJson",
    file === undefined ? undefined : vscode.Uri.file(join(root, file)),
  );
const shown = () => vscode.window.activeTextEditor?.document;

test("A selection and a schema of the workspace make a JSON document in a new editor, an answer that does not fit mended", async (context) => {
  const files = { "note.txt": "Dear all,\nHarbor takes 3 days.\nBye\n", "offer.schema.json": JSON.stringify(schema) };
  const replies = [saved({ carrier: "Harbor" }), saved({ carrier: "Harbor", days: 3 })];
  const emulator = await openScene(context, files, replies);
  const errors = answer(context, ["offer.schema.json"]);
  const editor = await vscode.window.showTextDocument(vscode.Uri.file(join(root, "note.txt")));
  editor.selection = new vscode.Selection(1, 0, 1, 20);
  await extract();
  assert.deepEqual(errors, []);
  await untilEqual(() => [shown()?.isUntitled, shown()?.languageId], [true, "json"]);
  assert.deepEqual(JSON.parse(shown()?.getText() ?? ""), { carrier: "Harbor", days: 3 });
  const [first, second] = emulator.requests.map(({ body }) => JSON.stringify(body));
  assert.match(first ?? "", /"text":"Harbor takes 3 days\."/);
  assert.doesNotMatch(first ?? "", /Dear all/);
  assert.match(second ?? "", /"status":"error"/);
});

test("What does not fit in the end is told, with the answer as it came", async (context) => {
  const files = { "note.txt": "Harbor\n", "offer.schema.json": JSON.stringify(schema) };
  await openScene(context, files, [saved({ carrier: "Harbor" }), saved({ carrier: "Harbor", days: 0 })]);
  const opened = new Promise<vscode.TextDocument>((resolve) => {
    const listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor?.document.isUntitled !== true) return;
      listener.dispose();
      resolve(editor.document);
    });
  });
  const errors = answer(context, ["offer.schema.json"], "Show Raw Answer");
  await extract("note.txt");
  assert.match(errors.join(), /^The model's answer cannot be used\. days: 0 is less than 1/);
  assert.match((await opened).getText(), /"days": 0/);
});

test("A wrong schema is told where, a file of keys is not sent, and other secrets are masked", async (context) => {
  const files = {
    "note.txt": `password = "${secret}"\nHarbor\n`,
    "server.pem": "Harbor\n",
    "offer.schema.json": JSON.stringify(schema),
    "wrong.schema.json": JSON.stringify({ type: "object", properties: { days: { type: "number", minimum: "1" } } }),
  };
  const emulator = await openScene(context, files, [saved({ carrier: "Harbor", days: 1 })]);
  const errors = answer(context, ["wrong.schema.json", "offer.schema.json", "offer.schema.json"]);
  await extract("note.txt");
  await extract("server.pem");
  assert.equal(emulator.requests.length, 0);
  assert.match(
    errors[0] ?? "",
    /^wrong\.schema\.json: The schema is not valid\.\n[\s\S]*- properties\.days\.minimum: /,
  );
  assert.match(errors[1] ?? "", /^server\.pem is not sent/);
  await extract("note.txt");
  assert.equal(errors.length, 2, errors.join());
  assert.doesNotMatch(JSON.stringify(emulator.requests[0]?.body), new RegExp(secret));
});
