import assert from "node:assert/strict";
import { test } from "node:test";
import { findRipgrep } from "../../../src/headless/find-ripgrep.ts";
import { assertEnginesAgree } from "../../support/engines-agree.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

test("ripgrep and the slow engine answer the same on generated trees", async (context) => {
  const ripgrep = await findRipgrep([]);
  assert.ok(ripgrep !== undefined, "no ripgrep: `npm run test:unit` installs the VS Code that brings one");

  const lines = await assertEnginesAgree(ripgrep.path, await temporaryFolder(context), ["", "src/a.ts"]);

  assert.ok(lines > 300, `only ${lines} lines were found`);
});
