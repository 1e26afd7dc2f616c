import assert from "node:assert/strict";
import { it } from "node:test";
import { goesUnasked } from "../../../../src/vscode/context/goes-unasked.ts";

it("UX24 a selection of 20,000 characters goes along, a longer one and a file only where the user says so", () => {
  assert.equal(goesUnasked("selection", 20_000, false), true);
  assert.equal(goesUnasked("selection", 20_001, false), false);
  assert.equal(goesUnasked("file", 1, false), false);
  for (const kind of ["selection", "file"] as const) assert.equal(goesUnasked(kind, 1_000_000, true), true);
});
