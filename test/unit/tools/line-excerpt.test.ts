import assert from "node:assert/strict";
import { test } from "node:test";
import { lineExcerpt } from "../../../src/tools/line-excerpt.ts";

test("A line of up to 300 characters is shown whole, without blanks at its end", () => {
  assert.equal(lineExcerpt("  const a = 1; \r\n", 2, 7), "  const a = 1;");
});

test("Of a longer line 300 characters around the match are shown", () => {
  const line = `${"a".repeat(1000)}needle${"b".repeat(1000)}`;
  const excerpt = lineExcerpt(line, 1000, 1006);

  assert.equal(excerpt, `…${"a".repeat(147)}needle${"b".repeat(147)}…`);
  assert.equal(lineExcerpt(line, 0, 1), `${"a".repeat(300)}…`);
  assert.equal(lineExcerpt(line, 2005, 2006), `…${"b".repeat(300)}`);
});

test("A cut does not halve a character", () => {
  const excerpt = lineExcerpt(`x${"👍".repeat(400)}`, 400, 402);

  assert.doesNotMatch(excerpt, /\p{Surrogate}/u);
});
