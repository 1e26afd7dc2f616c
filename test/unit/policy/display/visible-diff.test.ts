import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { visibleDiff } from "../../../../src/policy/display/visible-diff.ts";

describe("visibleDiff", () => {
  it("leaves an ordinary difference as it is", () => {
    const diff = "@@ -1,3 +1,3 @@\n one\n-two é\n+zwei ü\n three\n\\ No newline at end of file";
    assert.equal(visibleDiff(diff), diff);
  });

  it("spells out lines that look alike, beside lines that do not", () => {
    assert.equal(
      visibleDiff("@@ -1,2 +1,3 @@\n-caf\u00e9\n-a\n+cafe\u0301\n+b\n+c"),
      "@@ -1,2 +1,3 @@\n-caf⟦U+00E9⟧\n-a\n+cafe⟦U+0301⟧\n+b\n+c",
    );
  });

  it("shows a carriage return that comes or goes, hidden characters and what follows a long gap", () => {
    assert.equal(
      visibleDiff(`@@ -1 +1 @@\n-one\n+one\r\n-a\n+a\u200b\n \u202eb\n+x${" ".repeat(100)}y`),
      "@@ -1 +1 @@\n-one\n+one␍\n-a\n+a⟦U+200B⟧\n ⟦U+202E⟧b\n+x ·×100 y",
    );
  });

  it("takes an empty text, and one that is all removed or all added", () => {
    assert.equal(visibleDiff(""), "");
    assert.equal(visibleDiff("-a\n-b"), "-a\n-b");
    assert.equal(visibleDiff("+a\n+"), "+a\n+");
  });
});
