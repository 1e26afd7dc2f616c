import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";
import { typedLine } from "../../../../src/vscode/terminal/quote-line.ts";

/** What a bash makes of what is typed: the arguments that the inner shell gets. */
function argumentsOf(line: string): readonly string[] {
  const typed = typedLine("/opt/a shell/bash", line) ?? assert.fail("too long");
  assert.ok(!/[\x00-\x1f\x7f]/.test(typed), JSON.stringify(typed));
  const shown = typed.replace("'/opt/a shell/bash'", "printf '%s\\0'");
  const printed = execFileSync("/bin/bash", ["-c", shown], { encoding: "utf8" });
  return printed.split("\0").slice(0, -1);
}

describe("the line that is typed into a terminal", () => {
  it("gives a shell of its own exactly the line, as one argument, on one line without controls", () => {
    const lines = [
      "echo 'it''s' \"$HOME\" `id` $(id) \\ !! & ; | #",
      "cat <<X\n\tit's \\x41 \\\nX\n",
      "printf '\u0007\u001b[31m' \u007f \u0085é😀 '\\'",
      "-c",
    ];
    for (const line of lines) {
      assert.deepEqual(argumentsOf(line), ["--noprofile", "--norc", "-c", "--", line], JSON.stringify(line));
    }
  });

  it("is none where it would be too long to read", () => {
    assert.equal(typedLine("/bin/bash", "x".repeat(4001)), undefined);
  });
});
