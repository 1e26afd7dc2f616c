import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { createSearchFiles } from "../../../src/tools/search-files.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { openGuard } from "../../support/open-guard.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

test("search_files names the files that an editor has unsaved where it searched, but for those that are withheld", async (context) => {
  const root = await temporaryFolder(context);
  await writeTree(root, { "src/a.ts": "needle\n", "src/b.ts": "", "src/key.ts": "", "docs/c.md": "" });
  const paths = ["src/b.ts", "src/a.ts", "src/key.ts", "docs/c.md"].map((name) => join(root, name));
  const workspace = fixedWorkspace([root], new Map(paths.map((path) => [path, "typed"])));
  const guard = { ...openGuard, isWithheld: async (path: string) => path.endsWith("key.ts") };
  const search = createSearchFiles(workspace, async () => undefined, guard);
  const { text } = await runTool(search, { pattern: "needle", path: "src" });
  assert.match(text, /searched as saved, though .* read_file shows: src\/a\.ts, src\/b\.ts\)\n/);
  const saved = createSearchFiles(fixedWorkspace([root]), async () => undefined, guard);
  assert.doesNotMatch((await runTool(saved, { pattern: "needle" })).text, /as saved/);
});
