import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { mergeSettings } from "../../../scripts/vscode/merge-settings.mjs";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const own = { "update.mode": "none", "chat.disableAIFeatures": true };

async function open(context: TestContext) {
  const file = join(await temporaryFolder(context), "User", "settings.json");
  const start = async (given: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    await mergeSettings(file, { own, given });
    return readFile(file, "utf8");
  };
  return { file, start, startAndParse: async (given = {}) => JSON.parse(await start(given)) };
}

test("The first start writes what it wants", async (context) => {
  const { startAndParse } = await open(context);

  assert.deepEqual(await startAndParse({ "outcrop.region": "eu-central-1" }), {
    ...own,
    "outcrop.region": "eu-central-1",
  });
});

test("What the person set stays at the next start, with its comments", async (context) => {
  const { file, start } = await open(context);
  await start();
  const theirs =
    '{\n  // mine\n  "outcrop.model": "x",\n  "update.mode": "manual",\n  "chat.disableAIFeatures": true,\n}\n';
  await writeFile(file, theirs);

  assert.equal(await start(), theirs);
});

test("A key that the person took out comes back", async (context) => {
  const { file, startAndParse } = await open(context);
  await startAndParse();
  await writeFile(file, '{ "chat.disableAIFeatures": true }');

  assert.deepEqual(await startAndParse(), own);
});

test("Settings given for a start win when they are new or changed, and do not undo a later choice", async (context) => {
  const { file, startAndParse } = await open(context);
  const choose = (model: string) => writeFile(file, JSON.stringify({ ...own, "outcrop.model": model }));
  await startAndParse();
  await choose("theirs");

  const first = await startAndParse({ "outcrop.model": "given" });
  await choose("selected later");
  const again = await startAndParse({ "outcrop.model": "given" });
  const changed = await startAndParse({ "outcrop.model": "given anew" });

  assert.deepEqual(
    [first, again, changed].map((settings) => settings["outcrop.model"]),
    ["given", "selected later", "given anew"],
  );
});

test("Settings given for an earlier start go with it, unless the person changed them", async (context) => {
  const { file, startAndParse } = await open(context);
  await startAndParse({ "outcrop.region": "eu-central-1", "outcrop.maxSteps": 3 });
  await writeFile(file, JSON.stringify({ ...own, "outcrop.region": "eu-central-1", "outcrop.maxSteps": 7 }));

  assert.deepEqual(await startAndParse(), { ...own, "outcrop.maxSteps": 7 });
});

test("A file that is no JSON is left as it is, and its line is named", async (context) => {
  const { file, start } = await open(context);
  await start();
  await writeFile(file, '{\n  "a": 1,\n  b\n}');

  await assert.rejects(start(), { name: "StageError", message: `${file}, line 3: not valid JSON (InvalidSymbol).` });
  assert.equal(await readFile(file, "utf8"), '{\n  "a": 1,\n  b\n}');
});
