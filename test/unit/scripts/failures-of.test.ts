import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { repositoryRoot } from "../../../scripts/paths.mjs";
import { failuresOf } from "../../../scripts/test/failures-of.mjs";

const nothing = { passed: 0, failed: 0, skipped: 0, text: "" };

test("Each failed test is named with its file and the first lines of why, at the end of a run too", () => {
  const file = join(repositoryRoot, "test", "panel", "some.test.ts");
  const failure = Array.from({ length: 40 }, (_, index) => `line ${index}`).join("\n");
  const results = [
    { name: "passes", suites: [], file, passed: true },
    { name: "loses a key", suites: [], file, passed: false, failure },
  ];

  const [text = "", ...others] = failuresOf("panel", { ...nothing, passed: 1, failed: 1, results });

  assert.deepEqual(others, []);
  assert.equal(text.split("\n").length, 12);
  assert.match(text, /^ {2}✗ panel: loses a key \(test\/panel\/some\.test\.ts\)\n {6}line 0\n[\s\S]*line 10$/);
});

test("A part that has no tests is named with what it said", () => {
  const text = "  ✗ tsc\n      a.ts(1,1): error\n";

  assert.deepEqual(failuresOf("types", { ...nothing, failed: 1, text }), [`  ✗ types: \n${text.trimEnd()}`]);
});

test("Nothing is said of a part in which nothing failed", () => {
  assert.deepEqual(failuresOf("types", { ...nothing, passed: 3 }), []);
});
