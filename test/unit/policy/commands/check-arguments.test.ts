import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkArguments } from "../../../../src/policy/commands/check-arguments.ts";
import { hasTable } from "../../../../src/policy/commands/has-table.ts";
import { tableFor } from "../../../../src/policy/commands/program-tables.ts";

describe("checkArguments", () => {
  it("no flag is known by an abbreviation, in other letters or with a value that it does not take", () => {
    for (const line of [
      "ls --al",
      "ls --ALL",
      "ls --all=x",
      "ls -la=x",
      "head --line=1 a",
      "sort --rev a",
      "git log --onelin",
      "wc --li a",
    ]) {
      assert.deepEqual([line, check(line)], [line, "refused"]);
    }
  });

  it("short flags may be together, the last one with its value", () => {
    for (const line of [
      "ls -lah",
      "head -qn5 a",
      "head -n 5 a",
      "grep -rnA2 x src",
      "cut -d: -f1,2 a",
      "sort -rnk2 a",
    ]) {
      assert.deepEqual([line, check(line)], [line, "safe"]);
    }
    for (const line of ["find . -mtime a", "find . -newermt $x", "ls -lZ", "sort -ro a", "grep -nf a x", "head -n"])
      assert.deepEqual([line, check(line)], [line, "refused"]);
  });

  it("a word that the program needs is not left out", () => {
    for (const line of ["grep", "grep -n", "diff a", "cmp a", "sed -n", "jq", "tr", "basename"]) {
      assert.deepEqual([line, check(line)], [line, "refused"]);
    }
    for (const line of ["grep -e x", "rg --files", "git blame a"])
      assert.deepEqual([line, check(line)], [line, "safe"]);
  });

  it("after -- flags are names, and reading them is still judged", () => {
    assert.deepEqual(readsOf("cat -- -rf ../x"), ["-rf", "../x"]);
    assert.deepEqual(readsOf("sort -- -o a"), ["-o", "a"]);
    assert.equal(check("uniq -- a b"), "refused");
  });

  it("says what is read: values of flags, named paths, the current folder", () => {
    assert.deepEqual(readsOf("ls"), ["."]);
    assert.deepEqual(readsOf("find -name x"), ["."]);
    assert.deepEqual(readsOf("find src -newer b"), ["src", "b"]);
    assert.deepEqual(readsOf("grep -r x"), [". tree"]);
    assert.deepEqual(readsOf("grep x"), []);
    assert.deepEqual(readsOf("grep -e x a b"), ["a", "b"]);
    assert.deepEqual(readsOf("grep -rn x src"), ["src tree"]);
    assert.deepEqual(readsOf("rg x"), [". tree"]);
    assert.deepEqual(readsOf("rg -g y x src"), ["src tree"]);
    assert.deepEqual(readsOf("rg --files"), [". tree"]);
    assert.deepEqual(readsOf("diff a b"), ["a linked-tree", "b linked-tree"]);
    assert.deepEqual(readsOf("git show HEAD:.env"), ["HEAD:.env", ".env", ". tracked"]);
    assert.deepEqual([readsOf("git log -1"), readsOf("git log -p -1")], [[], [". tracked"]]);
    assert.deepEqual(readsOf("jq . a - /dev/null"), ["a"]);
  });

  it("names are bare and in exact case, and objects' own names are no tables", () => {
    for (const line of [
      "/bin/ls",
      "./ls",
      "LS",
      "Git status",
      "git STATUS",
      "constructor",
      "toString",
      "git __proto__",
      "git",
      "ls\u0000",
    ]) {
      assert.deepEqual([line, check(line)], [line, "no table"]);
    }
  });

  it("a prefix may be a program with a table or a program and its sub-command", () => {
    const prefixes = ["ls", "git", "git status", "ls src", "git commit", "curl", "npm test", "constructor", ""];
    assert.deepEqual(
      prefixes.filter((text) => hasTable(text.split(" "))),
      ["ls", "git", "git status", "ls src"],
    );
  });
});

function judged(line: string) {
  const words = line.split(" ").map((text, position) => ({ text, position }));
  const match = tableFor(words);
  return match === undefined ? undefined : checkArguments(match.table, match.rest);
}

function check(line: string): string {
  return judged(line)?.kind ?? "no table";
}

function readsOf(line: string): readonly string[] {
  const result = judged(line);
  assert.ok(result?.kind === "safe");
  return result.reads.map(({ text, depth }) => (depth === "itself" ? text : `${text} ${depth}`));
}
