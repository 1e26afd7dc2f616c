import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { collapseWhitespace } from "../../../../src/policy/display/collapse-whitespace.ts";
import { hasHiddenCharacters } from "../../../../src/policy/display/hidden-characters.ts";
import { makeDifferenceVisible, makeVisible, makeVisibleLine } from "../../../../src/policy/display/make-visible.ts";

const anyText = fc.string({ unit: "binary", maxLength: 60 });

describe("makeVisible", () => {
  it("shows what is hidden and keeps the rest", () => {
    assert.equal(makeVisible("a\u202eb\u200b\ufeff\u{e0041}c\ufe0f"), "a⟦U+202E⟧b⟦U+200B⟧⟦U+FEFF⟧⟦U+E0041⟧c⟦U+FE0F⟧");
    assert.equal(makeVisible("x\ry\bz\x1b[2J\x00\x7f\x9b"), "x␍y␈z␛[2J␀␡⟦U+009B⟧");
    assert.equal(makeVisible("a\tb\r\nc\n"), "a\tb\r\nc\n");
    assert.equal(makeVisible("\ud800x"), "⟦U+D800⟧x");
  });

  it("leaves nothing hidden in any text, and changes nothing a second time", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const visible = makeVisible(text);
        assert.equal(hasHiddenCharacters(visible), false);
        assert.equal(makeVisible(visible), visible);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("makeVisibleLine", () => {
  it("brings every text onto one line", () => {
    assert.equal(makeVisibleLine("a\nb\r\nc\td\u2028e"), "a␊b␊c␉d⟦U+2028⟧e");
  });
});

describe("makeDifferenceVisible", () => {
  it("gives two texts that look alike two looks", () => {
    const pairs = [
      ["caf\u00e9", "cafe\u0301"],
      ["a\n", "a\r\n"],
      ["x\u200by", "xy"],
      ["ﬁle", "file"],
      ["a b", "a\u00a0b"],
    ] as const;
    for (const [before, after] of pairs) {
      const shown = makeDifferenceVisible(before, after);
      assert.notEqual(shown.before.normalize("NFKC"), shown.after.normalize("NFKC"));
      assert.equal(hasHiddenCharacters(shown.before + shown.after), false);
    }
    assert.deepEqual(makeDifferenceVisible("caf\u00e9", "cafe\u0301"), {
      before: "caf⟦U+00E9⟧",
      after: "cafe⟦U+0301⟧",
    });
  });

  it("leaves texts with a difference that is seen as they are", () => {
    assert.deepEqual(makeDifferenceVisible("café 1", "café 2"), { before: "café 1", after: "café 2" });
    assert.deepEqual(makeDifferenceVisible("é", "é"), { before: "é", after: "é" });
  });
});

describe("collapseWhitespace", () => {
  it("shows how much there was, and what comes behind it", () => {
    assert.equal(collapseWhitespace(`ls${" ".repeat(5000)}; x`), "ls ·×5000 ; x");
    assert.equal(collapseWhitespace(`ls${"\n \t".repeat(100)}; x`), "ls ·×300 ; x");
  });

  it("keeps ordinary indentation", () => {
    const text = `a\n${" ".repeat(38)}b`;
    assert.equal(collapseWhitespace(text), text);
  });
});
