import assert from "node:assert/strict";
import { test } from "node:test";
import { expandGlobs } from "../../../src/tools/expand-globs.ts";

test("Braces stand for each of their parts, nested and several", () => {
  assert.deepEqual(expandGlobs("*.ts"), ["*.ts"]);
  assert.deepEqual(expandGlobs("src/**/*.{ts,tsx}"), ["src/**/*.ts", "src/**/*.tsx"]);
  assert.deepEqual(expandGlobs("{a,b{1,2}}.{x,y}"), ["a.x", "a.y", "b1.x", "b1.y", "b2.x", "b2.y"]);
  assert.deepEqual(expandGlobs("x{,.min}.js"), ["x.js", "x.min.js"]);
});

test("A brace that is escaped or in a character class is a plain character", () => {
  assert.deepEqual(expandGlobs("a\\{b,c\\}"), ["a\\{b,c\\}"]);
  assert.deepEqual(expandGlobs("[{]{a,b[}]}[,]"), ["[{]a[,]", "[{]b[}][,]"]);
});

test("A glob that ripgrep refuses is refused with ripgrep's reason", () => {
  const reasons = [
    ["{a", "unclosed alternate group; missing '}'"],
    ["!x/{a,{b}", "unclosed alternate group; missing '}'"],
    ["a}", "unopened alternate group; missing '{'"],
    ["[z", "unclosed character class; missing ']'"],
    ["[!]", "unclosed character class; missing ']'"],
    ["[z-a]", "invalid range; 'z' > 'a'"],
    ["a\\", "dangling '\\'"],
  ] as const;
  for (const [glob, reason] of reasons) {
    const message = `The glob ${JSON.stringify(glob)} is not valid: ${reason}.`;
    assert.throws(() => expandGlobs(glob), { name: "ToolError", message });
  }
  for (const glob of ["[]a]", "[^]]", "[^-0]", "[a-]", "[\\]", "a\\\\"]) assert.deepEqual(expandGlobs(glob), [glob]);
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
