import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { createPathContext } from "../../../../src/policy/paths/path-context.ts";
import { FileGuard } from "../../../../src/policy/redaction/file-guard.ts";
import { Redactor } from "../../../../src/policy/redaction/redactor.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

describe("FileGuard", () => {
  it("C11 puts a secret back only into the file that it came from", async (test) => {
    const folder = await temporaryFolder(test);
    const guard = new FileGuard(createPathContext({ folders: () => [folder] }), new Redactor());
    const one = { path: join(folder, "one.env"), text: "API_KEY=q7Xw2bR9tLk4\n" };
    const other = { path: join(folder, "other.env"), text: "API_KEY=m3Vz8nHc5yPd\n" };
    const marks = [one, other].map(({ text, path }) => guard.mask(text, path));
    assert.deepEqual(marks, ["API_KEY=[redacted:env-value#1]\n", "API_KEY=[redacted:env-value#2]\n"]);
    const both = marks.join("");
    assert.equal(guard.restore(both, one), `${one.text}${marks[1]}`);
    assert.equal(guard.restore(both, other), `${marks[0]}${other.text}`);
    assert.equal(guard.restore(both, { path: join(folder, "notes.txt"), text: "" }), both);
  });
});
