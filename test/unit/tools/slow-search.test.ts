import assert from "node:assert/strict";
import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { SearchRequest } from "../../../src/tools/search-engine.ts";
import { slowSearch } from "../../../src/tools/slow-search.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

const request: Omit<SearchRequest, "root" | "deadline"> = {
  start: "",
  pattern: "needle",
  regex: false,
  caseSensitive: true,
  globs: [],
  includeIgnored: false,
  maxResults: 10,
};

test("The slow engine ends a regular expression that does not end, and keeps what it has found", async (context) => {
  const root = await temporaryFolder(context);
  await writeTree(root, { "a.txt": "aaaa", "b.txt": `${"a".repeat(50_000)}!` });
  const deadline = new AbortController();
  // Asked about what was found in the first file; some time later the second one is being searched.
  const screen = async () => {
    setTimeout(() => deadline.abort(), 300);
    return { isMasked: false, tell: ({ text }: { readonly text: string }) => text };
  };

  const outcome = await slowSearch(
    { ...request, root, pattern: "^(a+)+$", regex: true, deadline: deadline.signal, screen },
    new AbortController().signal,
  );

  assert.deepEqual(outcome, { found: [{ path: "a.txt", line: 1, text: "aaaa" }], stoppedBy: "deadline", leftOut: [] });
});

test("The slow engine leaves out huge files and says how many", async (context) => {
  const root = await temporaryFolder(context);
  await writeTree(root, { "a.txt": "needle", "big.txt": "needle" });
  await truncate(join(root, "big.txt"), 17 * 1024 * 1024);

  const outcome = await slowSearch(
    { ...request, root, deadline: new AbortController().signal },
    new AbortController().signal,
  );

  assert.deepEqual(outcome, {
    found: [{ path: "a.txt", line: 1, text: "needle" }],
    stoppedBy: undefined,
    leftOut: ["1 file of more than 16 MB not searched"],
  });
});
