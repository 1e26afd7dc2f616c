import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { readSettings, readSettingsIfPresent } from "../../../scripts/vscode/read-settings.mjs";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

test("Settings may have comments, trailing commas and a byte order mark, or be empty", async (context) => {
  const root = await temporaryFolder(context);
  await writeTree(root, {
    "a.json": '\uFEFF{\n  // where\n  "outcrop.region": "eu-central-1",\n}\n',
    "empty.json": "",
  });

  assert.deepEqual(await readSettings(join(root, "a.json")), { "outcrop.region": "eu-central-1" });
  assert.deepEqual(await readSettings(join(root, "empty.json")), {});
  assert.deepEqual(await readSettingsIfPresent(join(root, "absent.json")), {});
});

test("What is no object of settings is refused with file and line", async (context) => {
  const root = await temporaryFolder(context);
  await writeTree(root, { "broken.json": '{\n  "a": 1\n  "b": 2\n}', "list.json": "[1]" });

  await assert.rejects(readSettings(join(root, "broken.json")), {
    name: "StageError",
    message: `${join(root, "broken.json")}, line 3: not valid JSON (CommaExpected).`,
  });
  await assert.rejects(
    readSettings(join(root, "list.json")),
    /^StageError: .*list\.json: expected an object of settings/,
  );
});
