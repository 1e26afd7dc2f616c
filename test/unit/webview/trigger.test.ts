import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { triggerAt } from "../../../webview/mentions/trigger.ts";

/** The caret stands at the bar. */
function at(text: string) {
  const caret = text.indexOf("|");
  return triggerAt(text.replace("|", ""), caret);
}

describe("what is typed behind a mark", () => {
  it("UX20 begins at # or @ at the beginning of a word, up to the caret", () => {
    assert.deepEqual(at("#|"), { kind: "context", start: 0, query: "" });
    assert.deepEqual(at("look at @src/a|b and"), { kind: "context", start: 8, query: "src/a" });
    assert.deepEqual(at("(#x|)"), { kind: "context", start: 1, query: "x" });
    assert.deepEqual(at("two\n#lines|"), { kind: "context", start: 4, query: "lines" });
    assert.deepEqual(at("/review #a|"), { kind: "context", start: 8, query: "a" });
  });

  it("UX20 begins at / at the beginning of the prompt alone", () => {
    assert.deepEqual(at("/|"), { kind: "command", start: 0, query: "" });
    assert.deepEqual(at("/mo|dels"), { kind: "command", start: 0, query: "mo" });
    for (const text of ["a /x|", "/x y|", " /x|", "/usr/b|"]) assert.equal(at(text), undefined, text);
  });

  it("UX20 is nothing within a word, an address or a heading, nor behind a space", () => {
    for (const text of ["a#b|", "me@home|", "https://x.y/#top|", "## |", "##|", "#a |", "|#a", "word|"]) {
      assert.equal(at(text), undefined, text);
    }
  });
});
