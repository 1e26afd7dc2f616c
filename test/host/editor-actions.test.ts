import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mock, type TestContext, test } from "node:test";
import * as vscode from "vscode";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import type { ToWebview } from "../../src/protocol/panel-messages.ts";
import type { QueuedPrompt } from "../../src/protocol/queued-prompt.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { openGatewaySession, testAccess } from "./test-access.ts";

const root = new EditorWorkspace().folders()[0]?.path ?? "";
const code = vscode.Uri.file(join(root, "src", "http", "retry-delay.ts"));
const secret = "q7Zr4kPw9XtB2mVn";

/** A chat on a Bedrock that gives these answers, an editor, and what the composer was given. */
async function openScene(context: TestContext, replies: readonly Reply[], selection?: vscode.Range) {
  const emulator = await startEmulator({ script: { replies: [...replies, { text: "unused" }] } });
  context.after(() => emulator.close());
  const session = await openGatewaySession(context, emulator.url);
  const { controller, view } = await (await testAccess())();
  const prefilled: string[] = [];
  const posted = mock.method(view, "postWhenReady", (message: ToWebview) => {
    if (message.type === "prefill") prefilled.push(message.text);
  });
  context.after(async () => {
    posted.mock.restore();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });
  await vscode.window.showTextDocument(code, selection === undefined ? {} : { selection });
  const prompts = () =>
    session.chat.past.map(({ prompt, attachments }) => [prompt, attachments.map((one) => one.label)]);
  return { controller, session, prefilled, prompts, emulator };
}

const run = async (command: string, ...given: readonly unknown[]): Promise<void> => {
  await vscode.commands.executeCommand(`outcrop.${command}`, ...given);
};

test("UX25 Ask fills the composer and attaches the selection, Add to Chat attaches alone, and neither sends anything", async (context) => {
  const { controller, prefilled, prompts, emulator } = await openScene(context, [], new vscode.Range(1, 0, 3, 0));
  await run("ask");
  await run("addToChat", vscode.Uri.joinPath(code, "..", "..", "round.ts"), [
    vscode.Uri.file(join(root, "src", "round.ts")),
  ]);
  assert.deepEqual(prefilled, ["About the selected code of `src/http/retry-delay.ts`: "]);
  assert.deepEqual(
    controller.attachments.map(({ label }) => label),
    ["retry-delay.ts:2-3", "round.ts"],
  );
  assert.deepEqual([prompts(), emulator.requests.length], [[], 0]);
  await controller.newChat();
});

test("Explain, Fix, Write Tests, Document and Summarize send a prompt with the selection or the file, beside what is attached", async (context) => {
  const replies = Array.from({ length: 5 }, () => ({ text: "Done." }));
  const { controller, session, prompts, emulator } = await openScene(context, replies, new vscode.Range(1, 0, 3, 0));
  await run("addToChat");
  for (const command of ["explain", "fix", "writeTests", "document"]) {
    await run(command);
    await session.settled();
  }
  await run("summarize", vscode.Uri.file(join(root, "src", "round.ts")), [
    vscode.Uri.file(join(root, "src", "round.ts")),
  ]);
  await session.settled();
  const said = prompts();
  assert.deepEqual(
    said.map(([text]) => String(text).split(/[ :.,]/u, 1)[0]),
    ["Explain", "Find", "Write", "Document", "Summarize"],
  );
  assert.deepEqual(
    said.map(([, labels]) => labels),
    [...Array(4).fill(["retry-delay.ts:2-3"]), ["round.ts"]],
  );
  assert.match(JSON.stringify(emulator.requests[0]?.body), /Selection from src\/http\/retry-delay\.ts, lines 2 to 3/);
  assert.equal(controller.attachments.length, 1);
  await controller.newChat();
});

test("Where the chat is answering, a prompt of a command waits in the queue", async (context) => {
  const stalled: Reply = { fault: { kind: "stall", beforeHeaders: true, afterEvents: 0 } };
  const { controller, session, prompts } = await openScene(context, [stalled], new vscode.Range(1, 0, 3, 0));
  const turn = session.send({ text: "first", attachments: [] });
  const queued = new Promise<readonly QueuedPrompt[]>((resolve) => {
    session.subscribe(() => session.chat.queued?.length === 1 && resolve(session.chat.queued));
  });
  await run("explain");
  assert.deepEqual(
    (await queued).map(({ attachments }) => attachments.map(({ label }) => label)),
    [["retry-delay.ts:2-3"]],
  );
  session.queue.clear();
  session.stop();
  await turn;
  assert.deepEqual(prompts(), [["first", []]]);
  await controller.newChat();
});

test("UX25 a problem is fixed, explained and added to the chat with the code around it, from the light bulb", async (context) => {
  const { controller, session, prefilled, prompts, emulator } = await openScene(context, [{ text: "Fixed." }]);
  const problems = vscode.languages.createDiagnosticCollection("scene");
  context.after(() => problems.dispose());
  const range = new vscode.Range(4, 0, 4, 5);
  const problem = new vscode.Diagnostic(range, "It is \u202e wrong.", vscode.DiagnosticSeverity.Error);
  problem.source = "scene";
  problem.code = 42;
  problems.set(code, [problem]);
  const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    code,
    range,
  );
  const ours = offered.filter(({ title }) => title.endsWith("with Outcrop"));
  assert.deepEqual(ours.map(({ title }) => title).toSorted(), [
    "Add to Chat with Outcrop",
    "Explain with Outcrop",
    "Fix with Outcrop",
  ]);
  const choose = async (wanted: string): Promise<void> => {
    const { command } = ours.find(({ title }) => title === `${wanted} with Outcrop`) ?? assert.fail(`no ${wanted}`);
    await vscode.commands.executeCommand(command?.command ?? "", ...(command?.arguments ?? []));
  };
  await choose("Add to Chat");
  assert.deepEqual(
    [prefilled, prompts(), emulator.requests.length],
    [["- line 5, error (scene 42): It is ⟦U+202E⟧ wrong."], [], 0],
  );
  assert.match(controller.attachments.map(({ label }) => label).join(), /^retry-delay\.ts:1-\d+$/);
  await choose("Fix");
  await session.settled();
  const [[text, labels] = []] = prompts();
  assert.match(
    String(text),
    /^Fix this problem in `src\/http\/retry-delay\.ts` at its cause\.\n\n- line 5, error \(scene 42\): It is ⟦U\+202E⟧ wrong\.$/,
  );
  assert.match(String(labels), /^retry-delay\.ts:1-\d+$/);
  await controller.newChat();
});

test("A file of keys is not attached, the values of other secrets are masked", async (context) => {
  const errors: string[] = [];
  const told = mock.method(vscode.window, "showErrorMessage", async (text: string) => void errors.push(text));
  context.after(() => told.mock.restore());
  const { session, emulator } = await openScene(context, [{ text: "Done." }]);
  const files = { "server.pem": "key\n", "note.txt": `password = "${secret}"\n` };
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
  context.after(async () => {
    for (const name of Object.keys(files)) await rm(join(root, name), { force: true });
  });
  const at = (name: string) => [vscode.Uri.file(join(root, name)), [vscode.Uri.file(join(root, name))]];
  await run("explain", ...at("server.pem"));
  const problem = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 3), "It is wrong.");
  await run("fixProblem", { uri: at("server.pem")[0], diagnostics: [problem] });
  assert.equal(errors.length, 2);
  for (const error of errors) assert.match(error, /^server\.pem is not attached/);
  assert.equal(emulator.requests.length, 0);
  await run("explain", ...at("note.txt"));
  await session.settled();
  assert.doesNotMatch(JSON.stringify(emulator.requests[0]?.body), new RegExp(secret));
});

test("J10 a link fills the composer, with what is hidden in it made visible, and sends nothing", async (context) => {
  const { prefilled, prompts, emulator } = await openScene(context, []);
  const warnings = mock.method(vscode.window, "showWarningMessage", async () => undefined);
  context.after(() => warnings.mock.restore());
  const { editor } = await (await testAccess())();
  const open = (rest: string) => editor("openPromptLink", [vscode.Uri.parse(`vscode://outcrop.outcrop/${rest}`)]);
  await open("ask?prompt=say%20hi%E2%80%AE&autorun=1&send=true");
  await open("run?prompt=x");
  await open("ask?autorun=1");
  assert.deepEqual(prefilled, ["say hi⟦U+202E⟧"]);
  assert.equal(warnings.mock.callCount(), 2);
  assert.deepEqual([prompts(), emulator.requests.length], [[], 0]);
});
