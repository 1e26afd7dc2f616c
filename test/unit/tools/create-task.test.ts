import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { createRunTask } from "../../../src/tools/run-task.ts";
import type { NewTask, TaskRunner } from "../../../src/tools/task-runner.ts";
import { exited, FakeTaskRunner } from "../../support/fake-task-runner.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { HeldProgram } from "../../support/held-program.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

async function open(test: TestContext) {
  const folder = await temporaryFolder(test);
  await mkdir(join(folder, "sub"));
  const ran: NewTask[] = [];
  const tasks: TaskRunner = Object.assign(new FakeTaskRunner([]), {
    runNew: async (task: NewTask, _: AbortSignal, output: (text: string) => void) => {
      ran.push(task);
      output("made\n");
      return exited(0);
    },
  });
  const creation = { workspace: fixedWorkspace([folder]), programs: new HeldProgram() };
  return { folder, ran, tool: createRunTask(tasks, { creation }) };
}

describe("run_task with a task that is made for one run", () => {
  it("shows all that will run, is judged as a command line, and runs it", async (test) => {
    const { folder, ran, tool } = await open(test);
    const create = {
      label: "lint",
      command: "npx",
      args: ["eslint", "it's a.ts", "$HOME"],
      cwd: "sub",
      problemMatcher: ["$tsc"],
    };
    const { call, title, text } = await runTool(tool, { create });
    const command = { line: "npx eslint 'it'\\''s a.ts' '$HOME'", cwd: join(folder, "sub"), shell: "/bin/sh" };
    assert.deepEqual([call.effect, call.command, call.task], ["execute", command, undefined]);
    assert.deepEqual(call.targets, [{ path: command.cwd, access: "read", canonical: command.cwd }]);
    assert.deepEqual(call.subject, {
      question: 'Run new task "lint" once?',
      details: [
        { label: "Command", value: command.line, format: "command" },
        { label: "Folder", value: command.cwd },
        { label: "Shell", value: "/bin/sh" },
        { label: "Environment", value: "nothing" },
        { label: "Problem matcher", value: "$tsc" },
        { label: "Saved", value: "nowhere: tasks.json stays as it is" },
      ],
    });
    assert.deepEqual(ran, [{ label: "lint", command, matchers: ["$tsc"], withHooks: false }]);
    assert.deepEqual([title, text], ['Ran task "lint", exit code 0', 'Task "lint" finished with exit code 0\nmade']);
  });

  it("is not made of what cannot be shown or run", async (test) => {
    const { ran, tool } = await open(test);
    const refused = [
      { label: "a", create: { label: "a", command: "ls" } },
      { create: { label: "a\u202eb", command: "ls" } },
      { create: { label: "a", command: " " } },
      { create: { label: "a", command: "ls\0" } },
      { create: { label: "a", command: "ls", problemMatcher: ["tsc; rm"] } },
    ];
    for (const input of refused) await assert.rejects(runTool(tool, input), /^ToolError: E_SCHEMA /);
    assert.deepEqual(ran, []);
  });

  it("is refused where there is no editor", async (test) => {
    const workspace = fixedWorkspace([await temporaryFolder(test)]);
    const tool = createRunTask(new FakeTaskRunner([]), { creation: { workspace, programs: new HeldProgram() } });
    await assert.rejects(
      runTool(tool, { create: { label: "a", command: "ls" } }),
      /^ToolError: No task can be made without the editor\. Use run_command\./,
    );
  });
});
