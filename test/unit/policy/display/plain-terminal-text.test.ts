import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { plainTerminalText } from "../../../../src/policy/display/plain-terminal-text.ts";

describe("plainTerminalText", () => {
  it("removes sequences and keeps their text", () => {
    const cases = [
      ["\x1b[31mred\x1b[0m", "red"],
      ["a\x1b[2J\x1b[Hb", "ab"],
      ["\x1b]8;;https://evil.example\x07click\x1b]8;;\x07", "click"],
      ["\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\", "click"],
      ["\x1b]52;c;c2VjcmV0\x07x", "x"],
      ["\x1b]0;title\x07x", "x"],
      ["\x9b31mred\x9b0m", "red"],
      ["\x9d0;title\x9cx", "x"],
      ["\x1bPq#0\x1b\\x", "x"],
      ["\x1b(Bx\x1b=y\x1bMz", "xyz"],
      ["bell\x07 null\x00", "bell null"],
      ["\x1b]0;never ends\nnext", "\nnext"],
      ["cut \x1b[3", "cut "],
      ["tab\tstays\n", "tab\tstays\n"],
    ] as const;
    assert.deepEqual(
      cases.map(([text]) => plainTerminalText(text)),
      cases.map(([, plain]) => plain),
    );
  });

  it("resolves what was written over", () => {
    assert.equal(plainTerminalText("10%\r50%\r100%\r\ndone\r\n"), "100%\ndone\n");
    assert.equal(plainTerminalText("harmless\rrm -rf /x"), "rm -rf /x");
    assert.equal(plainTerminalText("abc\b\bX"), "aXc");
    assert.equal(plainTerminalText("long line\rab"), "abng line");
  });

  it("leaves no control in any output", () => {
    const everything = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code));
    const text = everything.flatMap((first) => everything.map((second) => `${first}${second}x`)).join("");
    assert.equal(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/u.test(plainTerminalText(text)), false);
  });
});
