import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ChipFolder } from "../../../../src/vscode/context/chip-folder.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

describe("the files of what is attached", () => {
  it("of a chat with nothing attached none is left, not that of a write that was killed either", async (test) => {
    const path = await temporaryFolder(test);
    const folder = new ChipFolder({ path, mask: String, report: (error) => assert.fail(String(error)) });
    folder.write("a", [{ id: "1", attachment: { id: "1", label: "1", text: "1", language: "" } }]);
    await folder.settled();
    await writeFile(join(path, "a.json.new"), "half");
    folder.write("a", []);
    await folder.settled();
    assert.deepEqual(await readdir(path), []);
  });
});
