import assert from "node:assert/strict";
import { test } from "node:test";
import { parseOptions } from "../../../scripts/start/options.mjs";

function kindOf(...parameters: readonly string[]) {
  const options = parseOptions(parameters);
  return options === "help" ? options : options.vscode;
}

test("A port, or a URL to print, means the npm VS Code", () => {
  assert.equal(kindOf(), undefined);
  assert.equal(kindOf("--port", "8123"), "npm");
  assert.equal(kindOf("--no-open"), "npm");
  assert.equal(kindOf("--no-open", "--vscode", "npm"), "npm");
});

test("A port, or a URL to print, is refused for a VS Code with a window", () => {
  for (const kind of ["desktop", "download"]) {
    for (const option of [["--no-open"], ["--port", "8123"]]) {
      assert.throws(() => kindOf("--vscode", kind, ...option), {
        name: "StageError",
        message: `--port and --no-open are for the npm VS Code, which has a URL; --vscode ${kind} opens a window.`,
      });
    }
  }
});
