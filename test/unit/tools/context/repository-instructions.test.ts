import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { RepositoryInstructions } from "../../../../src/tools/context/repository-instructions.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { writeTree } from "../../../support/write-tree.ts";

async function open(context: TestContext, files: Readonly<Record<string, string>>) {
  const root = await temporaryFolder(context);
  await writeTree(root, files);
  let isOn = true;
  const looked: string[] = [];
  const instructions = new RepositoryInstructions({
    folders: () => [{ name: "w", path: root }],
    isOn: () => isOn,
    mayTell: async (path) => {
      looked.push(path);
      return true;
    },
  });
  const turn = (on: boolean) => {
    isOn = on;
  };
  return { root, instructions, looked, turn };
}

test("F11 the files of the repository's root are used, and shown with their lines until they change", async (context) => {
  const { root, instructions } = await open(context, {
    ...{ "AGENTS.md": "Use tabs.\nTest first.\n", ".github/copilot-instructions.md": "Be brief." },
    "sub/AGENTS.md": "Not at the root.",
  });
  await instructions.look();
  assert.deepEqual(
    instructions.found.map(({ path, lines }) => [path, lines]),
    [
      ["AGENTS.md", 2],
      [".github/copilot-instructions.md", 1],
    ],
  );
  const shown = instructions.attachments([]);
  assert.equal(shown[0]?.detail, "Repository instructions (2 lines), part of every request");
  assert.deepEqual(instructions.attachments(shown), []);
  await writeTree(root, { "AGENTS.md": "Use spaces." });
  await instructions.look();
  assert.deepEqual(
    instructions.attachments(shown).map(({ path }) => path),
    ["AGENTS.md"],
  );
});

test("F11 nothing is looked at before the workspace is trusted, or where they are off", async (context) => {
  const { instructions, looked, turn } = await open(context, { "AGENTS.md": "x" });
  turn(false);
  await instructions.look();
  assert.deepEqual([looked, instructions.found], [[], []]);
  turn(true);
  await instructions.look();
  assert.equal(instructions.found.length, 1);
  turn(false);
  assert.deepEqual(instructions.found, []);
});

test("long files are cut, and the model is told where the rest is", async (context) => {
  const { instructions } = await open(context, { "AGENTS.md": `${"x".repeat(79)}\n`.repeat(1000) });
  await instructions.look();
  const [first] = instructions.found;
  assert.ok((first?.text.length ?? 0) < 16_200);
  assert.match(first?.text ?? "", /\(The file goes on; read AGENTS\.md for the rest\.\)$/);
});

test("a file that may not be told, a folder and an empty file are not used", async (context) => {
  const { root } = await open(context, { "AGENTS.md/x": "", ".github/copilot-instructions.md": " \n" });
  const instructions = new RepositoryInstructions({
    folders: () => [{ name: "w", path: root }],
    isOn: () => true,
    mayTell: async (path) => path !== join(root, "none"),
  });
  await instructions.look();
  assert.deepEqual(instructions.found, []);
});
