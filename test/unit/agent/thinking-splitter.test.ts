import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type SplitPiece, ThinkingSplitter } from "../../../src/agent/thinking-splitter.ts";

/** The pieces of a text in these deltas, those of one kind in a row joined. */
function split(...deltas: readonly string[]): readonly SplitPiece[] {
  const splitter = new ThinkingSplitter();
  return join([...deltas.flatMap((delta) => splitter.push(delta)), ...splitter.end()]);
}

function join(pieces: readonly SplitPiece[]): readonly SplitPiece[] {
  const joined: SplitPiece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last?.kind === piece.kind) joined.splice(-1, 1, { kind: piece.kind, text: last.text + piece.text });
    else joined.push(piece);
  }
  return joined;
}

/** The same of a text that is known as a whole. */
function splitWhole(text: string): readonly SplitPiece[] {
  const match = /^((?:[^\n]*\n)*?[^\S\n]*)<thinking>([\s\S]*?)(?:<\/thinking>\s*|$)/u.exec(text);
  if (match === null) return [{ kind: "text", text }];
  const [all, said = "", thought = ""] = match;
  return [{ kind: "text", text: said }, { kind: "reasoning", text: thought }, ...splitWhole(text.slice(all.length))];
}

const says = (text: string): SplitPiece => ({ kind: "text", text });
const thinks = (text: string): SplitPiece => ({ kind: "reasoning", text });

const anyText = fc
  .array(
    fc.constantFrom("<thinking>", "</thinking>", "<", ">", "<think", "</", "ing>", "\n", " ", "\t", "a", "é", "😀"),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(""));

describe("ThinkingSplitter", () => {
  it("tells thinking from what is said, without the tags and the blank lines behind them", () => {
    assert.deepEqual(split("<thinking> Look first.\n</thinking>\n\nIt is here."), [
      thinks(" Look first.\n"),
      says("It is here."),
    ]);
    assert.deepEqual(split("So.\n <thinking>a</thinking> <thinking>b</thinking>Then."), [
      says("So.\n "),
      thinks("ab"),
      says("Then."),
    ]);
  });

  it("leaves a tag that an answer only names in the answer", () => {
    for (const text of ["Write `<thinking>` first.", "</thinking> alone", "<thinking >", "x <thinking>a</thinking>"]) {
      assert.deepEqual(split(text), [says(text)]);
    }
  });

  it("takes thinking that is not closed for thinking to the end", () => {
    assert.deepEqual(split("<thinking>So far</think"), [thinks("So far</think")]);
  });

  it("holds back nothing but what may become a tag", () => {
    const splitter = new ThinkingSplitter();
    assert.deepEqual(splitter.push("a < b"), [says("a < b")]);
    assert.deepEqual(splitter.push("\n<thinkin"), [says("\n")]);
    assert.deepEqual(splitter.push("k"), [says("<thinkink")]);
    assert.deepEqual(splitter.end(), []);
  });

  it("gives the same for every way to cut a text in two or three", () => {
    const text = "Hi.\n<thinking>a < b</thinkin> </thinking>\n\n<b>Done</b>\n<thinking>c";
    const whole = splitWhole(text).filter((piece) => piece.text !== "");
    assert.deepEqual(whole, [says("Hi.\n"), thinks("a < b</thinkin> "), says("<b>Done</b>\n"), thinks("c")]);
    for (let first = 0; first <= text.length; first++) {
      for (let second = first; second <= text.length; second++) {
        assert.deepEqual(split(text.slice(0, first), text.slice(first, second), text.slice(second)), whole);
      }
    }
  });

  it("gives the same for any text, however it is cut", () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.nat(40), { maxLength: 12 }), (text, places) => {
        const cuts = [0, ...places.map((place) => Math.min(place, text.length)).sort((a, b) => a - b), text.length];
        const deltas = cuts.slice(1).map((end, index) => text.slice(cuts[index], end));
        const whole = join(splitWhole(text).filter((piece) => piece.text !== ""));
        assert.deepEqual(split(...deltas), whole);
        assert.deepEqual(split(...text.split("")), whole);
      }),
      { numRuns: 2_000 },
    );
  });
});
