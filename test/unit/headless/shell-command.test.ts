import assert from "node:assert/strict";
import { test } from "node:test";
import { shellCall, shellLine } from "../../../src/headless/shell-command.ts";

test("A command without arguments is a whole line", () => {
  assert.equal(shellLine("npm test && echo done", [], "linux"), "npm test && echo done");
});

test("Plain words are quoted only when they hold a blank, so that variables work", () => {
  assert.equal(
    shellLine("echo", ["a b", "$HOME", "it's here", "&&", "ls"], "linux"),
    "echo 'a b' $HOME 'it'\\''s here' && ls",
  );
});

test("Words are quoted as they say", () => {
  const value = 'a "b" $c';

  assert.equal(shellLine("echo", [{ value, quoting: "escape" }], "linux"), 'echo a\\ \\"b\\"\\ \\$c');
  assert.equal(shellLine("echo", [{ value, quoting: "strong" }], "linux"), "echo 'a \"b\" $c'");
  assert.equal(shellLine("echo", [{ value, quoting: "weak" }], "linux"), 'echo "a \\"b\\" $c"');
  assert.equal(shellLine("my tool", ["x"], "linux"), "'my tool' x");
});

test("Windows' shell gets its quotes", () => {
  assert.equal(shellLine("node", ["a b", 'say "x" y'], "win32"), 'node "a b" "say ""x"" y"');
});

test("A task's own shell and its arguments are used", () => {
  assert.deepEqual(shellCall("echo x", { executable: "/bin/zsh", args: ["-l", "-c"] }, "linux"), {
    program: "/bin/zsh",
    parameters: ["-l", "-c", "echo x"],
    verbatim: false,
  });
});
