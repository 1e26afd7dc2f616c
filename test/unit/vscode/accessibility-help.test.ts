import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityHelp } from "../../../src/vscode/accessibility-help.ts";

test("UX98 the help names the keys of the user's own system, and says which of them may be others", () => {
  const [mac, windows, linux] = ["darwin", "win32", "linux"].map(accessibilityHelp);
  assert.match(mac ?? "", /^Cmd\+Escape stops/mu);
  assert.doesNotMatch(mac ?? "", /Ctrl\+|(?<!\w)Alt\+/u);
  assert.match(windows ?? "", /^Alt\+Backspace stops/mu);
  assert.match(linux ?? "", /^Ctrl\+Escape stops/mu);
  assert.match(linux ?? "", /Keyboard Shortcuts may give them others\.$/mu);
});
