import assert from "node:assert/strict";
import { test } from "node:test";
import { TerminalText } from "../../../src/tools/terminal-text.ts";

function clean(...chunks: readonly string[]): string {
  const text = new TerminalText();
  return chunks.map((chunk) => text.push(chunk)).join("") + text.finish();
}

test("Plain text with tabs and other scripts passes unchanged", () => {
  assert.equal(clean("a\tb\nstraße 日本 👍\n"), "a\tb\nstraße 日本 👍\n");
});

test("Colours, cursor moves, titles, links and shell marks are removed", () => {
  assert.equal(clean("\x1b[31mred\x1b[0m \x1b[1;38;5;208mbold\x1b[m\n"), "red bold\n");
  assert.equal(clean("\x1b]0;title\x07a\x1b]633;E;npm test;nonce\x07b\x1b]633;D;1\x1b\\c\n"), "abc\n");
  assert.equal(clean("\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\\n"), "link\n");
  assert.equal(clean("\x1b[2K\x1b[1Gdone\x1b[?25h\n"), "done\n");
});

test("What a carriage return or backspace overwrote is not there", () => {
  assert.equal(clean("10%\r50%\r100%\n"), "100%\n");
  assert.equal(clean("longer line\rshort\n"), "shortr line\n");
  assert.equal(clean("ab\b\bcd\n"), "cd\n");
  assert.equal(clean("row\r\nnext\r\n"), "row\nnext\n");
});

test("Sequences and lines that are cut anywhere come out as when they come in one", () => {
  const whole = "\x1b[31mred\x1b[0m\r\n\x1b]633;C\x07progress 1\rprogress 2\x1b]633;D;0\x07\nlast";
  const expected = "red\nprogress 2\nlast";

  assert.equal(clean(whole), expected);
  for (let cut = 1; cut < whole.length; cut++)
    assert.equal(clean(whole.slice(0, cut), whole.slice(cut)), expected, `cut at ${cut}`);
  assert.equal(clean(...whole), expected);
});

test("A line is handed on when it ends, a very long one in pieces", () => {
  const text = new TerminalText();

  assert.equal(text.push("no end yet"), "");
  assert.equal(text.push(" now\nnext"), "no end yet now\n");
  assert.equal(text.push("x".repeat(20_000)), `next${"x".repeat(20_000)}`);
  assert.equal(text.finish(), "");
});

test("Bytes of a control nature do not get through", () => {
  assert.equal(clean("a\x00b\x07c\x0bd\x7fe\x9bm\n"), "abcde\n");
  assert.equal(clean("open \x1b]0;never closed"), "open ");
});
