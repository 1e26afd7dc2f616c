import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  findHiddenCharacters,
  hasHiddenCharacters,
  hiddenCharactersNotice,
} from "../../../../src/policy/display/hidden-characters.ts";

describe("findHiddenCharacters", () => {
  it("says which and where", () => {
    assert.deepEqual(findHiddenCharacters("ab\u202e\nx\u{e0041}y\u200b"), [
      { kind: "direction control", codePoint: 0x202e, offset: 2, line: 1, column: 3 },
      { kind: "tag character", codePoint: 0xe0041, offset: 5, line: 2, column: 2 },
      { kind: "zero-width character", codePoint: 0x200b, offset: 8, line: 2, column: 5 },
    ]);
  });

  it("names each kind", () => {
    const kinds = [
      ["\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c", "direction control"],
      ["\u200b\u200c\u200d\u2060\u180e", "zero-width character"],
      ["\ufeff", "byte order mark"],
      ["\u{e0000}\u{e0041}\u{e007f}", "tag character"],
      ["\ufe00\ufe0f\u{e0100}\u{e01ef}\u180b", "variation selector"],
      ["\x00\x07\b\r\x1b\x7f\x85\x9b\u2028\u2029", "control character"],
      ["\u00ad\u034f\u3164\uffa0\ufff9\u{1d173}", "invisible character"],
      ["\u00a0\u2003\u3000\u2800", "unusual space"],
      ["\ud800", "broken character"],
    ] as const;
    for (const [letters, kind] of kinds) {
      assert.deepEqual(
        findHiddenCharacters(letters).map((found) => found.kind),
        [...letters].map(() => kind),
      );
    }
  });

  it("finds nothing in what draws itself: scripts, accents, emoji, tabs, line ends of both kinds", () => {
    assert.deepEqual(findHiddenCharacters("a\tb\r\nc\n äöü é e\u0301 Привет 你好 مرحبا 🙂 ←"), []);
  });

  it("answers with so many at most", () => {
    assert.equal(findHiddenCharacters("\u200b".repeat(50), 20).length, 20);
  });
});

describe("hasHiddenCharacters", () => {
  it("tells a text with one from a text without, asked again and again", () => {
    assert.deepEqual(["a\u200b", "a", "a\u200b", "\u200b", "a"].map(hasHiddenCharacters), [
      true,
      false,
      true,
      true,
      false,
    ]);
  });
});

describe("hiddenCharactersNotice", () => {
  it("counts each kind", () => {
    assert.equal(
      hiddenCharactersNotice("\u202ea\u202c\u200b"),
      "Contains hidden characters: 2 direction controls, a zero-width character. They are shown as ⟦U+…⟧.",
    );
    assert.equal(hiddenCharactersNotice("plain"), undefined);
  });
});
