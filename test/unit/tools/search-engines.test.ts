import assert from "node:assert/strict";
import { test } from "node:test";
import { findRipgrep } from "../../../src/headless/find-ripgrep.ts";
import { assertEnginesAgree } from "../../support/engines-agree.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const ripgrep = await findRipgrep([]);

// The host tests ask the same of the editor's own ripgrep, which is always there.
if (ripgrep !== undefined) {
  test("ripgrep and the slow engine answer the same on generated trees", async (context) => {
    const lines = await assertEnginesAgree(ripgrep.path, await temporaryFolder(context), ["", "src/a.ts"]);

    assert.ok(lines > 300, `only ${lines} lines were found`);
  });
}
