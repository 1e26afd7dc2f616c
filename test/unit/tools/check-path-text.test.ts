import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPathText } from "../../../src/tools/check-path-text.ts";

const REFUSED_EVERYWHERE = [
  "",
  "  ",
  "a\0.ts",
  "x".repeat(5000),
  "file:///etc/passwd",
  "vscode-userdata:/User/settings.json",
  "\\\\host\\share\\x",
  "//host/share/x",
  "\\\\?\\C:\\x",
];
const REFUSED_ON_WINDOWS = ["a.txt:ads", "NUL", "src/con.txt", "a.", "a /b", "SETTIN~1.JSO", "COM1", "lpt9.log"];
const TAKEN_EVERYWHERE = [
  "src/a.ts",
  "../x",
  "./a",
  "~/x",
  "$HOME/x",
  "..",
  "console.ts",
  "nullable.ts",
  ".vscode/settings.json",
];

test("What is no path is refused with E_PATH on every platform", () => {
  for (const platform of ["linux", "darwin", "win32"] as const) {
    for (const path of REFUSED_EVERYWHERE)
      assert.throws(() => checkPathText(path, platform), /^ToolError: E_PATH /, path);
  }
});

test("Streams, devices, short names and names that lose their last character are refused on Windows alone", () => {
  for (const path of REFUSED_ON_WINDOWS) {
    assert.throws(() => checkPathText(path, "win32"), /^ToolError: E_PATH /, path);
    checkPathText(path, "linux");
  }
});

test("Ordinary names are taken on every platform, drives on Windows", () => {
  for (const platform of ["linux", "darwin", "win32"] as const) {
    for (const path of TAKEN_EVERYWHERE) checkPathText(path, platform);
  }
  checkPathText("C:\\src\\a.ts", "win32");
});
