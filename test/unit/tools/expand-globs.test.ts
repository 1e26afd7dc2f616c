import assert from "node:assert/strict";
import { test } from "node:test";
import { expandGlobs } from "../../../src/tools/expand-globs.ts";

test("Braces stand for each of their parts, nested and several", () => {
  assert.deepEqual(expandGlobs("*.ts"), ["*.ts"]);
  assert.deepEqual(expandGlobs("src/**/*.{ts,tsx}"), ["src/**/*.ts", "src/**/*.tsx"]);
  assert.deepEqual(expandGlobs("{a,b{1,2}}.{x,y}"), ["a.x", "a.y", "b1.x", "b1.y", "b2.x", "b2.y"]);
  assert.deepEqual(expandGlobs("x{,.min}.js"), ["x.js", "x.min.js"]);
});

test("A brace that is escaped or not closed is a plain character", () => {
  assert.deepEqual(expandGlobs("a{b"), ["a{b"]);
  assert.deepEqual(expandGlobs("a\\{b,c}"), ["a\\{b,c}"]);
});

test("A leading exclamation mark stays in front of every glob, a leading ./ goes", () => {
  assert.deepEqual(expandGlobs("!./{a,b}"), ["!a", "!b"]);
});

test("Globs that leave the root are refused, also out of braces", () => {
  for (const glob of ["../**", "/etc/*", "a/../../b", "{..,a}/x", "!../x", "C:\\x", "\\\\host\\x"]) {
    assert.throws(() => expandGlobs(glob), /^ToolError: E_PATH The glob /, glob);
  }
});

test("Braces that stand for too many globs are refused", () => {
  assert.throws(
    () => expandGlobs("{a,b}".repeat(20)),
    /^ToolError: The braces of the glob stand for more than 100 globs\.$/,
  );
});
