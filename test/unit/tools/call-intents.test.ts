import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Tool } from "../../../src/agent/tool.ts";
import { DiskFiles } from "../../../src/headless/disk-files.ts";
import { DiskPlaces } from "../../../src/headless/disk-places.ts";
import { createDeleteFile } from "../../../src/tools/delete-file.ts";
import { createEditFile } from "../../../src/tools/edit-file.ts";
import { createMoveFile } from "../../../src/tools/move-file.ts";
import { createRunCommand } from "../../../src/tools/run-command.ts";
import { createWriteFile } from "../../../src/tools/write-file.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { openGuard } from "../../support/open-guard.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

const programs = { shell: "/bin/sh", environment: "nothing", run: async () => 0, check: async () => undefined };

describe("what a call would do, for the row of one that waits, fails or was not run", () => {
  it("names the command, and the act of a change that cannot be made", async (test) => {
    const folder = await temporaryFolder(test);
    await writeTree(folder, { "a.txt": "one\n" });
    const workspace = fixedWorkspace([folder]);
    const [files, places] = [new DiskFiles(), new DiskPlaces(join(folder, "kept"))];
    const intentOf = async (tool: Tool, input: object) =>
      (await tool.prepare(input, new AbortController().signal)).intent;
    const nowhere = { path: "a.txt", edits: [{ old_text: "nowhere", new_text: "x" }] };
    assert.deepEqual(
      [
        await intentOf(createRunCommand(workspace, programs), { command: "npm  test\n" }),
        await intentOf(createEditFile(workspace, files, openGuard), nowhere),
        await intentOf(createWriteFile(workspace, files, openGuard), { path: "a.txt", content: "one\n" }),
        await intentOf(createDeleteFile(workspace, places), { path: "gone.txt" }),
        await intentOf(createMoveFile(workspace, places), { from: "a.txt", to: "b/a.txt" }),
        await intentOf(createMoveFile(workspace, places), { from: "gone.txt", to: "b/a.txt" }),
      ],
      [
        'Run "npm test"',
        "Edit a.txt",
        "Write a.txt",
        "Delete gone.txt",
        "Move a.txt to b/a.txt",
        "Move gone.txt to b/a.txt",
      ],
    );
  });
});
