import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { spreadJson } from "../../../../src/tools/results/spread-json.ts";

describe("spreadJson", () => {
  it("gives each member a line, as JSON.stringify does", () => {
    const document = { a: [1, -2.5e3, 'x, {"y": [1]}\\', null, true, {}, []], b: { c: { d: "é\n" } }, "": [[]] };
    assert.equal(spreadJson(` ${JSON.stringify(document)}\n`), JSON.stringify(document, null, 2));
    assert.equal(spreadJson("[]"), "[]");
  });

  it("leaves numbers and texts as they are written", () => {
    assert.equal(
      spreadJson('{"id":12345678901234567890,"x":1.0,"y":"\\u00e9"}'),
      '{\n  "id": 12345678901234567890,\n  "x": 1.0,\n  "y": "\\u00e9"\n}',
    );
  });

  it("knows what is no document, or would grow beyond measure", () => {
    for (const text of ["text", '"text"', "12", '{"a":', "[1] and more", ""]) assert.equal(spreadJson(text), undefined);
    assert.equal(spreadJson(`${"[".repeat(5000)}${"]".repeat(5000)}`), undefined);
  });

  it("takes a text of millions of characters", () => {
    const text = JSON.stringify({ long: "x\\".repeat(2_000_000) });
    assert.equal(spreadJson(text)?.length, text.length + "\n  ".length + " ".length + "\n".length);
  });
});
