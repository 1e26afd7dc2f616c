import assert from "node:assert/strict";
import { test } from "node:test";
import { createRunTests } from "../../../src/tools/run-tests.ts";
import type { WorkspaceTask } from "../../../src/tools/task-runner.ts";
import { exited, FakeTaskRunner, fakeTask } from "../../support/fake-task-runner.ts";
import { runTool } from "../../support/run-tool.ts";

function toolFor(...tasks: readonly WorkspaceTask[]) {
  return createRunTests(new FakeTaskRunner(tasks.map((task) => ({ task, result: exited(0) }))));
}

const member = { tests: "other" } as const;
const standard = { tests: "default" } as const;

test("run_tests takes the default of the group, else its only task, else the script that is called test", async () => {
  const npm = fakeTask("npm: test", { source: "npm" });
  const lists = [
    [fakeTask("lint"), fakeTask("unit", member), fakeTask("all", standard), npm],
    [fakeTask("lint"), fakeTask("unit", member), npm],
    [fakeTask("lint"), npm],
  ];
  const ran = [];
  for (const list of lists) ran.push((await runTool(toolFor(...list), {})).text);
  assert.deepEqual(ran, [
    'Task "all" finished with exit code 0\n(it printed nothing)',
    'Task "unit" finished with exit code 0\n(it printed nothing)',
    'Task "npm: test" finished with exit code 0\n(it printed nothing)',
  ]);
});

test("run_tests asks which where several run tests, and runs the one that is named", async () => {
  const tool = toolFor(fakeTask("unit", member), fakeTask("e2e", member));
  await assert.rejects(
    runTool(tool, {}),
    /^ToolError: E_SCHEMA Several tasks run tests\. Nothing was run; ask the user which one, and give its label:\n- unit \(Workspace\) run unit\n- e2e \(Workspace\) run e2e$/,
  );
  const { call, title } = await runTool(tool, { label: "e2e" });
  assert.deepEqual([call.effect, call.task?.label, title], ["execute", "e2e", 'Ran task "e2e", exit code 0']);
});

test("run_tests says that the project has none", async () => {
  await assert.rejects(runTool(toolFor(fakeTask("lint")), {}), /^ToolError: The project has no test task: /);
  await assert.rejects(
    runTool(toolFor(fakeTask("test", { obstacle: "It needs the editor." })), {}),
    /needs the editor/,
  );
});
