import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { conformance, conventions, security } from "../../../scripts/checklists/checklists.mjs";
import { idsInName, namesInSource } from "../../../scripts/checklists/numbered-name.mjs";

describe("the ids that a test's name begins with", () => {
  it("may be of several checklists, in any order, and each checklist takes its own", () => {
    const name = "G07 UX66 B3.40, UX69: G01 shows the question, not UX70";
    assert.deepEqual(idsInName(conventions, name), ["UX66", "UX69"]);
    assert.deepEqual(idsInName(security, name), ["G07", "G01"]);
    assert.deepEqual(idsInName(conformance, name), ["B3.40"]);
  });

  it("are whole words at the start", () => {
    for (const name of ["UX6a holds", "shows UX6", "UX", "ux6 holds", ""]) {
      assert.deepEqual(idsInName(conventions, name), [], name);
    }
    assert.deepEqual(idsInName(conventions, "UX6"), ["UX6"]);
  });
});

describe("names in a source", () => {
  it("are its texts that begin with a line, to their own quotation mark", () => {
    const source = `// UX1 is the user's
      it("UX2 G07 keeps the user's text", async () => {});
      it(\`UX3 a "quoted" word of \${name}\`, async () => {});
      it("G08 another list", async () => {}); it('UX4', () => {});
      it("about UX5", () => {});`;
    const names = ["UX2 G07 keeps the user's text", `UX3 a "quoted" word of $\{name}`, "UX4"];
    assert.deepEqual(namesInSource(conventions, source), names);
    assert.deepEqual(namesInSource(security, source), ["UX2 G07 keeps the user's text", "G08 another list"]);
  });
});
