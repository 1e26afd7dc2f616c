import assert from "node:assert/strict";
import { test } from "node:test";
import { maskHunks } from "../../../../src/tools/changes/mask-patch.ts";
import { parsePatch } from "../../../../src/tools/changes/parse-patch.ts";

function namesOf(...headers: readonly string[]): readonly (readonly string[])[] {
  return parsePatch(headers.join("\n")).map(({ names }) => names);
}

test("Names are told from every form of header", () => {
  assert.deepEqual(namesOf("diff --git a/src/a b.ts b/src/a b.ts", "index 1..2"), [["src/a b.ts"]]);
  assert.deepEqual(namesOf("diff --git i/x w/x", "diff --git a/y a/y"), [["x"], ["a/y"]]);
  assert.deepEqual(namesOf("diff --git a/old.ts b/new/n.ts", "rename from old.ts", "rename to new/n.ts"), [
    ["old.ts", "new/n.ts"],
  ]);
  assert.deepEqual(namesOf('diff --git "a/gr\\303\\266\\303\\237e\\t.ts" "b/gr\\303\\266\\303\\237e\\t.ts"'), [
    ["größe\t.ts"],
  ]);
  assert.deepEqual(namesOf("diff --cc src/both.ts"), [["src/both.ts"]]);
  assert.deepEqual(namesOf("diff --git left/x right/x"), [[]], "a form that is not known");
});

test("A patch is taken apart by files, into header and hunks", () => {
  const lines = [
    ...["diff --git a/a b/a", "--- a/a", "+++ b/a", "@@ -1 +1 @@ f() {", "-x", "+diff --git a/no b/no"],
    ...["\\ No newline at end of file", "diff --git a/b b/b", "Binary files a/b and b/b differ"],
  ];

  assert.deepEqual(parsePatch(`${lines.join("\n")}\n`), [
    { names: ["a"], header: lines.slice(0, 3), body: lines.slice(3, 7) },
    { names: ["b"], header: lines.slice(7), body: [] },
  ]);
  assert.deepEqual(parsePatch(""), []);
});

test("Secrets of several lines are masked on each side, whatever signs stand before them", () => {
  const mask = (text: string) => text.replace(/BEGIN\nsecret\nEND/gu, "BEGIN\n[masked]\nEND").replace("token", "[t]");
  const body = ["@@ -1,4 +1,4 @@ token", " BEGIN", "-secret", "-END", "+other", " x", "-token", "+tokens"];

  assert.deepEqual(maskHunks(body, mask), [
    ...["@@ -1,4 +1,4 @@ [t]", " BEGIN", "-[masked]", "-END", "+other", " x", "-[t]", "+[t]s"],
  ]);
});
