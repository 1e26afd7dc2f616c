import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { DiskFiles } from "../../../src/headless/disk-files.ts";
import type { ChangeDiagnostics, FileProblem } from "../../../src/tools/change-diagnostics.ts";
import { createEditFile } from "../../../src/tools/edit-file.ts";
import { createWriteFile } from "../../../src/tools/write-file.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { openGuard } from "../../support/open-guard.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

async function changing(test: TestContext, problems: readonly FileProblem[]) {
  const folder = await temporaryFolder(test);
  await writeTree(folder, { "a.ts": "one\n" });
  const seen: string[] = [];
  const path = join(folder, "a.ts");
  const diagnostics: ChangeDiagnostics = {
    around: async (file, change) => {
      assert.deepEqual([file.path, file.canonical], [path, path]);
      seen.push(await readFile(path, "utf8"));
      const result = await change();
      seen.push(await readFile(path, "utf8"));
      return { result, problems };
    },
  };
  const ports = [fixedWorkspace([folder]), new DiskFiles(), openGuard, diagnostics] as const;
  return { seen, edit: createEditFile(...ports), write: createWriteFile(...ports) };
}

const toTwo = { path: "a.ts", edits: [{ old_text: "one", new_text: "two" }] };

describe("the problems that a change brings", () => {
  it("are told with its result, by line, and counted in its title", async (test) => {
    const { edit, seen } = await changing(test, [
      { severity: "warning", line: 9, message: "'b' is never\n  used.", source: "eslint no-unused" },
      { severity: "error", line: 1, message: "Cannot find name 'two'.", source: "ts 2304" },
    ]);
    const { title, text } = await runTool(edit, toTwo);
    assert.deepEqual(seen, ["one\n", "two\n"]);
    assert.equal(title, "Edited a.ts, +1 −1, 2 new problems");
    assert.match(
      text,
      /\nNew problems in a\.ts after this change:\n- line 1, error: Cannot find name 'two'\. \(ts 2304\)\n- line 9, warning: 'b' is never used\. \(eslint no-unused\)$/,
    );
  });

  it("are told of a written file, and nothing is said where there are none", async (test) => {
    const one = await changing(test, [{ severity: "error", line: 1, message: "No." }]);
    const { title, text } = await runTool(one.write, { path: "a.ts", content: "two\n" });
    assert.equal(title, "Wrote a.ts, +1 −1, 1 new problem");
    assert.match(text, /- line 1, error: No\.$/);
    const none = await changing(test, []);
    assert.deepEqual((await runTool(none.edit, toTwo)).title, "Edited a.ts, +1 −1");
  });

  it("are bounded, in number and in length", async (test) => {
    const many = Array.from(
      { length: 25 },
      (_, index): FileProblem => ({ severity: "error", line: 25 - index, message: "x".repeat(400) }),
    );
    const { edit } = await changing(test, many);
    const { text } = await runTool(edit, toTwo);
    assert.match(text, /\n- line 20, error: x{300}…\n- and 5 more$/);
  });
});
