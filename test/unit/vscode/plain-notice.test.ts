import assert from "node:assert/strict";
import { it } from "node:test";
import { plainNotice } from "../../../src/vscode/plain-notice.ts";

it("I05 no text of others is a link in VS Code's notifications, where links run commands", () => {
  assert.equal(plainNotice("a [OK](command:x) b"), "a [OK] (command:x) b");
  assert.equal(plainNotice("[[a](b)](command:x)"), "[[a] (b)] (command:x)");
  assert.equal(plainNotice("plain"), "plain");
});
