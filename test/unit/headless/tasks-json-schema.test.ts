import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTasksJson } from "../../../src/headless/tasks-json-schema.ts";

test("Comments and trailing commas are taken, a missing list is none", () => {
  assert.deepEqual(parseTasksJson('{ // tasks\n "tasks": [{ "label": "a", /* one */ },], }'), [{ label: "a" }]);
  assert.deepEqual(parseTasksJson("{}"), []);
  assert.deepEqual(parseTasksJson(""), []);
});

test("The platform's section and the file's own options are merged in", () => {
  const text = JSON.stringify({
    options: { env: { A: "1", B: "1" }, cwd: "shared" },
    tasks: [
      {
        label: "a",
        type: "shell",
        command: "ls",
        options: { env: { B: "2" } },
        windows: { command: "dir", options: { cwd: "win" } },
      },
    ],
  });
  const [linux] = parseTasksJson(text, "linux");
  const [windows] = parseTasksJson(text, "win32");

  assert.deepEqual([linux?.command, linux?.options], ["ls", { env: { A: "1", B: "2" }, cwd: "shared" }]);
  assert.deepEqual([windows?.command, windows?.options], ["dir", { env: { A: "1", B: "2" }, cwd: "win" }]);
});

test("What is not JSON or has the wrong shape is answered with the place", () => {
  assert.throws(
    () => parseTasksJson('{\n "tasks": [\n  nonsense\n]}'),
    /^ToolError: \.vscode\/tasks\.json is not valid JSON: \w+ in line 3\.$/,
  );
  assert.throws(
    () => parseTasksJson('{"tasks":[{"label":5}]}'),
    /^ToolError: \.vscode\/tasks\.json cannot be used\.\n.*label/s,
  );
});
