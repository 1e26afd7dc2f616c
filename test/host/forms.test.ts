import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mock, type TestContext, test } from "node:test";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { httpErrorReply } from "../../src/emulator/replies.ts";
import type { Responder } from "../../src/emulator/responder.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { gitApi } from "../../src/vscode/changes/editor-repositories.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { untilEqual } from "../support/until.ts";
import { openGatewaySession, testAccess } from "./test-access.ts";

const root = new EditorWorkspace().folders()[0]?.path ?? "";
const secret = "q7Zr4kPw9XtB2mVn";
const git = (...parameters: readonly string[]) => promisify(execFile)("git", parameters, { cwd: root });

function message(subject: string, body?: string): Reply {
  return { toolUses: [{ name: "write_commit_message", input: { subject, ...(body !== undefined && { body }) } }] };
}

/** The sample's repository with a staged change, another one that is not, and a secret file that is staged. */
async function changedRepository(context: TestContext) {
  const file = join(root, "src", "round.ts");
  const before = await readFile(file, "utf8");
  await writeFile(file, `${before}// rounds up\nconst password = "${secret}";\n`);
  await writeFile(join(root, ".env"), `SHIPPING_TOKEN=${secret}\n`);
  await git("add", "--force", "src/round.ts", ".env");
  await writeFile(join(root, "new-file.txt"), "one\n");
  const [repository] = (await gitApi(new AbortController().signal)).repositories;
  assert.ok(repository, "no repository is open");
  context.after(async () => {
    repository.inputBox.value = "";
    await git("reset", "--quiet");
    await writeFile(file, before);
    for (const name of [".env", "new-file.txt"]) await rm(join(root, name), { force: true });
  });
  repository.inputBox.value = "";
  return repository;
}

/** A Bedrock that gives these answers. */
async function openBedrock(context: TestContext, script: Responder | readonly Reply[]) {
  const emulator = await startEmulator({ script: typeof script === "function" ? script : { replies: [...script] } });
  context.after(() => emulator.close());
  await openGatewaySession(context, emulator.url);
  return emulator;
}

/** What VS Code was asked to show, and the button that is pressed for it. */
function watchMessages(context: TestContext, kind: "showWarningMessage" | "showErrorMessage", press?: string) {
  const shown: string[] = [];
  const watched = mock.method(vscode.window, kind, async (text: string) => {
    shown.push(text);
    return press;
  });
  context.after(() => watched.mock.restore());
  return shown;
}

const generate = () => vscode.commands.executeCommand("outcrop.generateCommitMessage");

test("A chat of the demo is named after its first turn, in the heading of its view", async () => {
  const { controller, connection, view } = await (await testAccess())();
  await connection.choose("demo");
  await controller.newChat();
  // A view that loads late is described once more.
  const described = mock.method(view, "describe");
  const heading = () => described.mock.calls.at(-1)?.arguments[0];
  const session = await controller.session();
  const titled = new Promise<ChatEvent>((resolve) => {
    session.subscribe((event) => event.type === "title" && resolve(event));
  });
  await session.send({ text: "hello there", attachments: [] });
  const event = await titled;
  assert.deepEqual(event.type === "title" && [event.title, event.usage !== null], ["hello there", true]);
  assert.equal(session.chat.title, "hello there");
  await untilEqual(heading, "hello there");
  await controller.newChat();
  await untilEqual(heading, "");
  described.mock.restore();
});

test("The demo writes a commit message of the files that are staged", async (context) => {
  const repository = await changedRepository(context);
  const { connection } = await (await testAccess())();
  await connection.choose("demo");
  const told = [watchMessages(context, "showErrorMessage"), watchMessages(context, "showWarningMessage")];
  await generate();
  assert.deepEqual([repository.inputBox.value, ...told], ["Change round.ts", [], []]);
});

test("A commit message is written from what is staged, its secrets masked, secret files by their name alone", async (context) => {
  const repository = await changedRepository(context);
  const emulator = await openBedrock(context, [message("Round up", "So that no weight is lost.  ")]);
  await generate();
  assert.equal(repository.inputBox.value, "Round up\n\nSo that no weight is lost.");
  const [request] = emulator.requests;
  const sent = JSON.stringify(request?.body);
  assert.match(sent, /\+\/\/ rounds up/);
  assert.match(sent, /\.env: withheld \(\+1 −0\)/);
  assert.match(sent, /Import the parcel notifier/);
  assert.doesNotMatch(sent, new RegExp(`${secret}|new-file`));
});

test("Text in the message box is replaced only where the user says so, also what is typed meanwhile", async (context) => {
  const repository = await changedRepository(context);
  const emulator = await openBedrock(context, () => {
    repository.inputBox.value = "Typed";
    return message("Round up");
  });
  const asked = watchMessages(context, "showWarningMessage");
  repository.inputBox.value = "My own";
  await generate();
  assert.deepEqual([repository.inputBox.value, emulator.requests.length], ["My own", 0]);
  assert.match(asked.join(), /^The commit message box has text\. Replace it/);

  repository.inputBox.value = "";
  await generate();
  assert.deepEqual([repository.inputBox.value, emulator.requests.length, asked.length], ["Typed", 1, 2]);
});

test("Stop leaves the message box as it is, and a failure is told", async (context) => {
  const repository = await changedRepository(context);
  let asked = (): void => undefined;
  const requested = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const replies: Reply[] = [
    { fault: { kind: "stall", beforeHeaders: true, afterEvents: 0 } },
    httpErrorReply(403, "AccessDeniedException", "No access."),
  ];
  await openBedrock(context, () => {
    asked();
    return replies.shift() ?? message("Late");
  });
  const errors = watchMessages(context, "showErrorMessage");
  const writing = generate();
  await requested;
  await vscode.commands.executeCommand("outcrop.stopCommitMessage");
  await writing;
  assert.deepEqual([repository.inputBox.value, errors], ["", []]);
  await generate();
  assert.equal(repository.inputBox.value, "");
  assert.match(errors.join(), /^No commit message was written\. /);
});
