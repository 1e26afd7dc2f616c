import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as vscode from "vscode";
import type { Tool } from "../../src/agent/tool.ts";
import { createRunTask } from "../../src/tools/run-task.ts";
import { EditorTasks } from "../../src/vscode/editor-tasks.ts";
import { openFolders } from "../../src/vscode/editor-workspace.ts";
import { runTool } from "../support/run-tool.ts";
import { untilGone } from "../support/until-gone.ts";
import { FURTHER_TASKS, untilChanged, untilListed } from "../support/vscode/further-tasks.ts";

let root = "";
let original = "";
let tool: Tool;

before(async () => {
  root = openFolders()[0]?.path ?? assert.fail("no folder is open");
  original = await readFile(join(root, ".vscode", "tasks.json"), "utf8");
  const { tasks } = JSON.parse(original);
  const all = { version: "2.0.0", tasks: [...tasks, ...FURTHER_TASKS] };
  await writeFile(join(root, ".vscode", "tasks.json"), JSON.stringify(all, null, 2));
  tool = createRunTask(new EditorTasks(async () => ({ PATH: process.env["PATH"] ?? "" })));
  await untilListed("host: watch");
});

after(async () => {
  await writeFile(join(root, ".vscode", "tasks.json"), original);
});

test("run_task without a label lists tasks.json's tasks and contributed ones with what they run", async () => {
  const { call, text } = await runTool(tool, {});

  assert.equal(call.effect, "read");
  const lines = text.split("\n");
  assert.ok(lines.includes("- test (Workspace) node --test --test-reporter=spec: All tests, once"), text);
  assert.ok(
    lines.includes("- build (Workspace) node scripts/build.mjs: Renders the message templates into build/"),
    text,
  );
  assert.ok(
    lines.some((line) => line.startsWith("- npm: test (npm) npm run test")),
    text,
  );
});

test("run_task asks with the definition and gives exit code and output of a shell task", async () => {
  const { call, title, text, live } = await runTool(tool, { label: "host: fails" });

  assert.deepEqual(
    { effect: call.effect, question: call.subject.question, details: call.subject.details },
    {
      effect: "execute",
      question: 'Run task "host: fails"?',
      details: [
        { label: "Type", value: "shell" },
        { label: "Command line", value: "echo before the end; exit 3" },
        { label: "Folder", value: root },
        { label: "Defined in", value: join(root, ".vscode", "tasks.json") },
      ],
    },
  );
  assert.equal(title, 'Ran task "host: fails", exit code 3');
  assert.equal(text, 'Task "host: fails" finished with exit code 3\nbefore the end');
  assert.equal(live, "before the end\n");
});

test("run_task gives exit code 1 and the failing test of the sample's test task", async () => {
  const { title, text } = await runTool(tool, { label: "test" });

  assert.equal(title, 'Ran task "test", exit code 1');
  assert.match(text, /^Task "test" finished with exit code 1\n/);
  assert.match(text, /fail 1\b/);
});

test("run_task runs a process task and an npm script", async () => {
  const build = await runTool(tool, { label: "build" });
  const report = await runTool(tool, { label: "report" });

  assert.match(build.text, /^Task "build" finished with exit code 0\nbuild\/messages\.json: 3 languages$/);
  assert.match(report.text, /^Task "report" finished with exit code 0\n/);
  assert.ok(
    report.call.subject.details.some(({ label, value }) => label === "Script" && value === "node scripts/report.mjs"),
  );
});

test("run_task says of a task that prints nothing that it printed nothing", async () => {
  const { text } = await runTool(tool, { label: "host: silent" });

  assert.equal(text, 'Task "host: silent" finished with exit code 0\n(it printed nothing)');
});

test("run_task keeps beginning and end of a long output", async () => {
  const { text } = await runTool(tool, { label: "host: long output" });

  assert.ok(text.length <= 48_000);
  assert.ok(text.startsWith('Task "host: long output" finished with exit code 0\nrow 0\nrow 1\n'));
  assert.match(text, /characters left out/);
  assert.ok(text.endsWith("row 29998\nrow 29999"), text.slice(-200));
});

test("run_task reports the problem matcher's diagnostics, also when they were there before", async () => {
  const first = await runTool(tool, { label: "lint" });
  const second = await runTool(tool, { label: "lint" });

  const problems = first.text.split("Problems that the task reported ")[1];
  assert.ok(
    problems?.includes("src/http/retry-delay.ts:5: warning: Line is longer than 120 characters (lint)"),
    first.text,
  );
  assert.equal(second.text.split("Problems that the task reported ")[1], problems);
});

test("run_task says which dependency failed, and that the task did not run", async () => {
  const { text } = await runTool(tool, { label: "host: after failure" });

  assert.equal(
    text,
    'Task "host: after failure" did not run: "host: fails", which it depends on, finished with exit code 3\nbefore the end',
  );
});

test("run_task shows what a task runs first and its environment, and gives the output of all of it", async () => {
  const { call, text } = await runTool(tool, { label: "host: after success" });

  assert.deepEqual(call.subject.details, [
    { label: "Type", value: "shell" },
    { label: "Command line", value: "echo last" },
    { label: "Folder", value: root },
    { label: "Environment", value: "SHOWN_NAME=shown value" },
    { label: "Defined in", value: join(root, ".vscode", "tasks.json") },
    { label: "Order", value: "one after another" },
    { label: "Runs first", value: "host: silent" },
    { label: "host: silent: Type", value: "shell" },
    { label: "host: silent: Command line", value: "exit 0" },
    { label: "host: silent: Folder", value: root },
    { label: "host: silent: Defined in", value: join(root, ".vscode", "tasks.json") },
    { label: "Runs first", value: "build" },
    { label: "build: Type", value: "process" },
    { label: "build: Program", value: "node" },
    { label: "build: Argument", value: "scripts/build.mjs" },
    { label: "build: Folder", value: root },
    { label: "build: Defined in", value: join(root, ".vscode", "tasks.json") },
  ]);
  assert.equal(text, 'Task "host: after success" finished with exit code 0\nbuild/messages.json: 3 languages\nlast');
});

test("Cancelling run_task ends the task's processes", async () => {
  const controller = new AbortController();
  const reason = new Error("stopped by the user");
  let processId: number | undefined;
  const subscription = vscode.tasks.onDidStartTaskProcess((event) => {
    if (event.execution.task.name === "slow") processId = event.processId;
  });
  const call = await tool.prepare({ label: "slow" }, controller.signal);
  const run = call.run({ signal: controller.signal, output: () => controller.abort(reason) });

  await assert.rejects(run, reason);
  subscription.dispose();

  assert.deepEqual(
    vscode.tasks.taskExecutions.map(({ task }) => task.name),
    [],
  );
  assert.ok(processId !== undefined);
  await untilGone(processId);
});

test("run_task leaves a background task running after its first output, and does not start it twice", async () => {
  try {
    const { title, text } = await runTool(tool, { label: "host: watch" });

    assert.equal(title, 'Started task "host: watch", it goes on running');
    assert.ok(text.endsWith("\nready"), text);
    await assert.rejects(runTool(tool, { label: "host: watch" }), {
      name: "ToolError",
      message: 'Task "host: watch" is running already. It was not started again.',
    });
  } finally {
    for (const execution of vscode.tasks.taskExecutions) execution.terminate();
  }
});

test("run_task does not run a task whose definition changed after it was shown", async () => {
  const marker = join(root, "build", "ran");
  const call = await tool.prepare({ label: "host: silent" }, new AbortController().signal);
  const file = join(root, ".vscode", "tasks.json");
  const before = await readFile(file, "utf8");
  await writeFile(file, before.replace('"command": "exit 0"', '"command": "touch build/ran"'));
  try {
    await untilChanged("host: silent", "touch build/ran");
    await assert.rejects(
      call.run({ signal: new AbortController().signal, output: () => undefined }),
      /^ToolError: E_STALE/,
    );
    await assert.rejects(readFile(marker), { code: "ENOENT" });
  } finally {
    await writeFile(file, before);
    await rm(marker, { force: true });
    await untilChanged("host: silent", "exit 0");
  }
});

test("run_task says that a program cannot be started", async () => {
  await assert.rejects(runTool(tool, { label: "host: missing program" }), {
    name: "ToolError",
    message: 'The program of task "host: missing program" could not be started; the task\'s terminal says why.',
  });
});
