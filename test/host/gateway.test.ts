import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import * as vscode from "vscode";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { httpErrorReply, textReply } from "../../src/emulator/replies.ts";
import { untilMatches } from "../support/until.ts";
import { answerPrompts } from "./answer-prompts.ts";
import { changeSettings } from "./change-settings.ts";
import { testAccess } from "./test-access.ts";

const canary = "key-canary-8f41c2";
const settingNames = ["endpoint", "authentication", "requestHeaders", "model", "gatewayDecidesModel"];

test("Set Up Gateway: five answers later the gateway answers, and its key is nowhere but in the secret storage", async (context) => {
  const emulator = await startEmulator({
    script: {
      replies: [
        textReply(`The key that came with this is ${canary}, I believe.`),
        httpErrorReply(401, "Unauthorized", `${canary} is no key`),
      ],
    },
  });
  context.after(() => emulator.close());
  await changeSettings(context, Object.fromEntries(settingNames.map((name) => [`outcrop.${name}`, undefined])));
  const access = await testAccess();
  const { controller, connection, actions } = await access();
  context.after(() => connection.choose("demo"));
  // The session is older than the key: what it masks must not be settled when it begins.
  await controller.newChat();
  const session = await controller.session();
  answerPrompts(context, ["Another gateway", emulator.url, "An API key in a header", "x-api-key", canary]);
  answerPrompts(context, ["A model id…", "global.anthropic.claude-sonnet-4-5-20250929-v1:0"]);
  await actions.setUpGateway();
  const section = vscode.workspace.getConfiguration("outcrop");
  assert.deepEqual(
    ["endpoint", "authentication"].map((name) => section.get(name)),
    [emulator.url, "none"],
  );
  assert.deepEqual(section.get("requestHeaders"), { "x-api-key": `\${secret:gateway}` });

  assert.deepEqual(await session.send({ text: "Which key?", attachments: [] }), { kind: "completed" });
  const refused = await session.send({ text: "And now?", attachments: [] });
  assert.equal(refused?.kind === "failed" && refused.error.kind, "gateway");
  assert.deepEqual(
    emulator.requests.map(({ headers }) => headers["x-api-key"]),
    [canary, canary],
  );
  assert.ok(!JSON.stringify([refused, emulator.requests[1]?.body]).includes(canary), "in an error or a request's body");
  await actions.showLog();
  const log = () => vscode.window.activeTextEditor?.document.getText() ?? "";
  await untilMatches(log, /Model call failed/);
  assert.equal(log().includes(canary), false);
  for (const [name, text] of await keptFiles(access.storage)) assert.ok(!text.includes(canary), name);
});

test("a header that names a secret which is not set is refused by name, and nothing is sent", async (context) => {
  const emulator = await startEmulator({ script: { replies: [textReply("Not reached.")] } });
  context.after(() => emulator.close());
  await changeSettings(context, {
    "outcrop.endpoint": emulator.url,
    "outcrop.authentication": "none",
    "outcrop.requestHeaders": { apikey: `\${secret:not-set}` },
  });
  const { controller, connection } = await (await testAccess())();
  await connection.choose("bedrock");
  context.after(() => connection.choose("demo"));
  await controller.newChat();
  const outcome = await (await controller.session()).send({ text: "Hello", attachments: [] });
  assert.equal(
    outcome?.kind === "failed" && outcome.error.message,
    'The secret "not-set" that outcrop.requestHeaders names is not set: run Outcrop: Set Header Secret.',
  );
  assert.equal(emulator.requests.length, 0);
});

/** The extension's files, and the user's settings and state beside them. */
async function keptFiles(storage: vscode.Uri): Promise<readonly (readonly [string, string])[]> {
  const user = join(storage.fsPath, "..", "..");
  const names = await readdir(user, { recursive: true });
  const files = names.filter((name) => /\.(?:jsonl?|log|txt)$|outcrop/u.test(name));
  return Promise.all(
    files.map(async (name) => [name, await readFile(join(user, name), "latin1").catch(() => "")] as const),
  );
}
