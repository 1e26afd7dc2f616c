import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { editInput, editText } from "../../../src/tools/selection/selection-edit.ts";

const around = { path: "a.ts", language: "typescript", before: "one\n", after: "three\n", wish: "make it 2" };

describe("Edit Selection", () => {
  it("tells the model the text around, what is selected, and the wish; a fence in the text ends nothing", () => {
    assert.equal(
      editInput({ ...around, selected: "two\n" }),
      "a.ts (typescript), the part around it:\n```\none\ntwo\nthree\n\n```\n\nThe selected text:\n```\ntwo\n\n```\n\nWhat is to change: make it 2",
    );
    assert.match(editInput({ ...around, selected: "```ts\n" }), /\n````\n```ts\n\n````\n/);
    assert.match(
      editInput({ ...around, selected: "" }),
      /one\n⟦cursor⟧three\n[\s\S]*Nothing is selected; the mark is ⟦cursor⟧\./,
    );
  });

  it("ends as the selection did, whatever the model wrote at the end", () => {
    assert.equal(editText({ code: "2" }, "two\n"), "2\n");
    assert.equal(editText({ code: "2\r\n\n" }, "two\n"), "2\n");
    assert.equal(editText({ code: "2\n" }, "two"), "2");
    assert.equal(editText({ code: "" }, "two\n"), "");
    assert.equal(editText({ code: "x\n" }, ""), "x\n");
  });
});
