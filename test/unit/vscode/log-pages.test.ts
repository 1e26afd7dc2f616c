import assert from "node:assert/strict";
import { it } from "node:test";
import { LogPages } from "../../../src/vscode/log-pages.ts";

const at = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6));

it("a line of the log has its time, level and message", () => {
  const pages = new LogPages(10);
  pages.add("info", "The turn goes on.", at);
  pages.add("error", "The disk is full.", at);
  assert.equal(
    pages.text,
    "2026-01-02 03:04:05.006 [info] The turn goes on.\n2026-01-02 03:04:05.006 [error] The disk is full.\n",
  );
});

it("a long log keeps its latest lines", () => {
  const pages = new LogPages(2);
  for (let line = 1; line <= 5; line += 1) pages.add("info", `line ${line}`, at);
  assert.deepEqual(pages.text.match(/line \d/g), ["line 4", "line 5"]);
});
