import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { answerCalls } from "../../../src/agent/answer-calls.ts";
import { DiskFiles } from "../../../src/headless/disk-files.ts";
import { DiskPlaces } from "../../../src/headless/disk-places.ts";
import { createEditFile } from "../../../src/tools/edit-file.ts";
import { createMoveFile } from "../../../src/tools/move-file.ts";
import { createWriteFile } from "../../../src/tools/write-file.ts";
import { allowAll } from "../../support/fake-gate.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { openGuard } from "../../support/open-guard.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

/** Calls of one message, all allowed; their results' states and the beginnings of their texts. */
async function answered(
  test: TestContext,
  ...calls: readonly (readonly [name: string, input: Record<string, unknown>])[]
) {
  const folder = await temporaryFolder(test);
  await writeTree(folder, { "a.txt": "one\n" });
  const workspace = fixedWorkspace([folder]);
  const files = new DiskFiles();
  const tools = [
    createEditFile(workspace, files, openGuard),
    createWriteFile(workspace, files, openGuard),
    createMoveFile(workspace, new DiskPlaces(join(folder, "kept"))),
  ];
  const results = await answerCalls(
    calls.map(([name, value], index) => ({
      kind: "open",
      use: {
        id: `c${index}`,
        toolUseId: `t${index}`,
        name,
        input: { kind: "object", value: JSON.parse(JSON.stringify(value)) },
      },
    })),
    {
      tools: new Map(tools.map((tool) => [tool.name, tool])),
      gate: allowAll,
      emit: () => undefined,
      signal: new AbortController().signal,
      now: () => 0,
      onPause: () => assert.fail("paused"),
    },
  );
  const told = results.map(({ status, content }) => `${status}: ${content?.[0]?.text?.split("\n")[0]}`);
  return { told, content: (path: string) => readFile(join(folder, path), "utf8") };
}

const edit = (path: string, old_text: string, new_text: string) =>
  ["edit_file", { path, edits: [{ old_text, new_text }] }] as const;

test("An edit may build on the edit before it in the same message", async (context) => {
  const { told, content } = await answered(context, edit("a.txt", "one", "two"), edit("a.txt", "two", "three"));
  assert.deepEqual(told, ["success: Edited a.txt at line 1 (+1 −1).", "success: Edited a.txt at line 1 (+1 −1)."]);
  assert.equal(await content("a.txt"), "three\n");
});

test("A file may be made and edited, or moved and edited, in one message", async (context) => {
  const { told, content } = await answered(
    context,
    ["write_file", { path: "b.txt", content: "b\n" }],
    edit("b.txt", "b", "B"),
    ["move_file", { from: "a.txt", to: "c.txt" }],
    edit("c.txt", "one", "1"),
    edit("a.txt", "one", "2"),
  );
  assert.deepEqual(told, [
    "success: Created b.txt (1 line).",
    "success: Edited b.txt at line 1 (+1 −1).",
    "success: Moved a.txt to c.txt.",
    "success: Edited c.txt at line 1 (+1 −1).",
    "error: a.txt does not exist. Use write_file to create it.",
  ]);
  assert.deepEqual([await content("b.txt"), await content("c.txt")], ["B\n", "1\n"]);
});
