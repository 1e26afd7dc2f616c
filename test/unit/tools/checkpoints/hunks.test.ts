import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hunksOf, withHunk, withoutHunk } from "../../../../src/tools/checkpoints/hunks.ts";

const original = "one\ntwo\nthree\nfour\nfive\n";
const current = "one\n2\nthree\nfour\nfive\nsix\n";

describe("hunksOf", () => {
  it("finds each piece that differs, in order", () => {
    assert.deepEqual(hunksOf(original, current), [
      { originalStart: 1, originalLines: ["two\n"], currentStart: 1, currentLines: ["2\n"] },
      { originalStart: 5, originalLines: [], currentStart: 5, currentLines: ["six\n"] },
    ]);
    assert.deepEqual(hunksOf(original, original), []);
  });

  it("undoes one piece of two, and keeps one of two", () => {
    const [first, second] = hunksOf(original, current);
    assert.ok(first !== undefined && second !== undefined);
    assert.equal(withoutHunk(current, first), "one\ntwo\nthree\nfour\nfive\nsix\n");
    assert.equal(withoutHunk(current, second), "one\n2\nthree\nfour\nfive\n");
    assert.equal(withHunk(original, first), "one\n2\nthree\nfour\nfive\n");
    assert.equal(withHunk(original, second), "one\ntwo\nthree\nfour\nfive\nsix\n");
  });

  it("comes back to the original, and to the current text, piece by piece", () => {
    const texts = [
      "",
      "a",
      "a\n",
      "a\r\nb\r\n",
      "a\nb",
      "b\na\n",
      "x\n\n\ny\n",
      "a\nb\nc\nd\ne\nf\ng\n",
      "\u2028\n\u0085z",
    ];
    for (const from of texts) {
      for (const to of texts) {
        const pieces = hunksOf(from, to);
        assert.equal(pieces.toReversed().reduce(withoutHunk, to), from);
        assert.equal(pieces.toReversed().reduce(withHunk, from), to);
      }
    }
  });

  it("takes a changed line end for a change", () => {
    assert.deepEqual(hunksOf("a\r\n", "a\n"), [
      { originalStart: 0, originalLines: ["a\r\n"], currentStart: 0, currentLines: ["a\n"] },
    ]);
    assert.deepEqual(hunksOf("a\n", "a").length, 1);
  });

  it("finds two pieces in 100,000 lines, and takes back one of 200,000", () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `line ${index}\n`);
    const long = lines.join("");
    const changed = lines.with(10, "ten\n").with(99_990, "late\n").join("");
    const pieces = hunksOf(long, changed);
    assert.deepEqual(
      pieces.map(({ currentStart }) => currentStart),
      [10, 99_990],
    );
    assert.equal(pieces.toReversed().reduce(withoutHunk, changed), long);
    const [whole = assert.fail()] = hunksOf(long + long, "");
    assert.equal(withoutHunk("", whole), long + long);
    const [added = assert.fail()] = hunksOf("", long + long);
    assert.equal(withHunk("", added), long + long);
  });
});
