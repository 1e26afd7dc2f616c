import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changeWarnings, isHarmlessChange } from "../../../../src/policy/paths/change-facts.ts";

describe("isHarmlessChange", () => {
  it("holds for package.json alone, under any way to write its name", () => {
    const change = { before: '{"description":"a"}', after: '{"description":"b"}' };
    for (const path of ["/ws/package.json", "C:\\ws\\Package.JSON"]) assert.equal(isHarmlessChange(path, change), true);
    for (const path of ["/ws/composer.json", "/ws/package.json/x"]) assert.equal(isHarmlessChange(path, change), false);
  });

  it("does not hold for what cannot be read for certain", () => {
    for (const [before, after] of [
      [undefined, "{}"],
      ["{}", "[]"],
      ["{}", '"x"'],
      ["{}", '{"description": "a", // x\n}'],
      ["{}", '{"name": "a", "name": "b"}'],
      ["{}", "[".repeat(100_000)],
    ] as const) {
      assert.equal(isHarmlessChange("/ws/package.json", { before, after }), false, after.slice(0, 30));
    }
  });
});

describe("changeWarnings", () => {
  it("names what is new or other than before, at any depth, and nothing else", () => {
    const before = '{ "settings": { "outcrop.model": "a", "outcrop.region": "b" } }';
    const after = '{ "settings": { "outcrop.model": "c", "outcrop.region": "b" }, "editor.fontSize": 3 }';
    assert.deepEqual(changeWarnings({ before, after }), [
      { label: "changes automatic approval", text: 'It sets "outcrop.model" to "c".' },
    ]);
    assert.deepEqual(changeWarnings({ before: after, after }), []);
  });

  it("names schemas that are fetched, in a file's head and in settings", () => {
    const after = '{ "$schema": "https://a.example", "json.schemas": [{ "url": "https://b.example" }] }';
    assert.deepEqual(
      changeWarnings({ before: undefined, after })
        .map(({ label }) => label)
        .toSorted(),
      ["remote schema", "remote schema"],
    );
  });
});
