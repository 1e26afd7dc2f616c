import assert from "node:assert/strict";
import { test } from "node:test";
import { createRunTask } from "../../../src/tools/run-task.ts";
import type { TaskDiagnostic } from "../../../src/tools/task-runner.ts";
import { exited, FakeTaskRunner, fakeTask } from "../../support/fake-task-runner.ts";
import { runTool } from "../../support/run-tool.ts";

const problem: TaskDiagnostic = { path: "src/a.ts", line: 3, severity: "warning", message: "Too long", source: "lint" };

test("Without a label run_task lists the tasks, which is a read", async () => {
  const tasks = new FakeTaskRunner([
    { task: fakeTask("test"), result: exited(0) },
    { task: fakeTask("npm: build", { source: "npm", summary: "" }), result: exited(0) },
  ]);

  const { call, title, text } = await runTool(createRunTask(tasks), {});

  assert.deepEqual([call.title, call.effect, title], ["Listing the tasks", "read", "Listed 2 tasks"]);
  assert.equal(text, "- test (Workspace) run test\n- npm: build (npm)");
  assert.deepEqual(tasks.ran, []);
});

test("run_task says that there are no tasks", async () => {
  const tool = createRunTask(new FakeTaskRunner([]));

  assert.equal((await runTool(tool, {})).text, "The workspace defines no tasks.");
  await assert.rejects(
    runTool(tool, { label: "test" }),
    /^ToolError: E_SCHEMA There is no task "test"\. The workspace defines no tasks\.$/,
  );
});

test("A run asks with everything that will run, and a failing task is a result", async () => {
  const task = fakeTask("test");
  const tasks = new FakeTaskRunner([{ task, prints: ["\x1b[31mnot ok 1\x1b[0m\r\n", "do", "ne"], result: exited(1) }]);

  const { call, title, exitCode, text, live } = await runTool(createRunTask(tasks), { label: "test" });

  assert.equal(exitCode, 1, "for the audit log");
  assert.equal(call.title, 'Running task "test"');
  assert.equal(call.effect, "execute");
  assert.deepEqual(call.subject, {
    question: 'Run task "test"?',
    details: task.details,
  });
  assert.deepEqual(call.task, {
    label: "test",
    definition: '["Source","Workspace"]\n["Background",false]\n["Command line","run test"]',
    files: [],
    isResolvedByCommand: false,
  });
  assert.equal(title, 'Ran task "test", exit code 1');
  assert.equal(text, 'Task "test" finished with exit code 1\nnot ok 1\ndone');
  assert.equal(live, "not ok 1\ndone");
});

test("Nothing runs before the call is run", async () => {
  const tasks = new FakeTaskRunner([{ task: fakeTask("test"), result: exited(0) }]);

  await createRunTask(tasks).prepare({ label: "test" }, new AbortController().signal);

  assert.deepEqual(tasks.ran, []);
});

test("A task that cannot run here is refused before anyone is asked", async () => {
  const task = fakeTask("open", { obstacle: "It needs the open file." });
  const tool = createRunTask(new FakeTaskRunner([{ task, result: exited(0) }]));

  await assert.rejects(tool.prepare({ label: "open" }, new AbortController().signal), {
    name: "ToolError",
    message: 'The task "open" cannot run here: It needs the open file. Nothing was run.',
  });
});

test("Tasks that are never listed are an error after 15 seconds, and Stop ends the wait at once", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const tasks = new FakeTaskRunner([]);
  tasks.list = () => new Promise(() => undefined);
  const controller = new AbortController();
  const tool = createRunTask(tasks);

  const limited = tool.prepare({}, new AbortController().signal);
  context.mock.timers.tick(14_999);
  const stopped = tool.prepare({ label: "test" }, controller.signal);
  context.mock.timers.tick(1);
  controller.abort(new Error("stopped by the user"));

  const message =
    "The tasks could not be listed within 15 seconds: an extension that provides some may not answer. Nothing was run.";
  await assert.rejects(limited, { name: "ToolError", message });
  await assert.rejects(stopped, { message: "stopped by the user" });
});

test("Two definitions never read the same, whatever their values hold", async () => {
  const definitions = await Promise.all(
    [
      [
        { label: "Program", value: "npm" },
        { label: "Argument", value: "test" },
      ],
      [{ label: "Program", value: "npm\nArgument: test" }],
      [{ label: "Program", value: 'npm"]\n["Argument","test' }],
    ].map(async (details) => {
      const task = fakeTask("test", { details });
      const tool = createRunTask(new FakeTaskRunner([{ task, result: exited(0) }]));
      return (await tool.prepare({ label: "test" }, new AbortController().signal)).task?.definition;
    }),
  );

  assert.equal(new Set(definitions).size, 3);
});

test("A label without its prefix finds the only task that it fits; several are listed", async () => {
  const tasks = new FakeTaskRunner([
    { task: fakeTask("npm: build"), result: exited(0) },
    { task: fakeTask("npm: test"), result: exited(0) },
    { task: fakeTask("gulp: test"), result: exited(0) },
  ]);
  const tool = createRunTask(tasks);

  assert.equal((await runTool(tool, { label: "Build" })).title, 'Ran task "npm: build", exit code 0');
  await assert.rejects(runTool(tool, { label: "test" }), {
    name: "ToolError",
    message:
      'E_SCHEMA "test" may be one of several tasks; give the whole label:\n- npm: test (Workspace) run npm: test\n- gulp: test (Workspace) run gulp: test',
  });
  await assert.rejects(
    runTool(tool, { label: "deploy" }),
    /^ToolError: E_SCHEMA There is no task "deploy"\. The tasks are:\n- npm: build/,
  );
});

test("Problems follow the output", async () => {
  const result = { ...exited(0), diagnostics: [problem] };
  const tool = createRunTask(new FakeTaskRunner([{ task: fakeTask("lint"), prints: ["checked\n"], result }]));

  assert.equal(
    (await runTool(tool, { label: "lint" })).text,
    'Task "lint" finished with exit code 0\nchecked\n\nProblems that the task reported (1):\nsrc/a.ts:3: warning: Too long (lint)',
  );
});

test("Output of any length, and any number of problems, fit one result with beginning and end", async () => {
  const result = {
    ...exited(0),
    diagnostics: Array.from({ length: 500 }, () => ({ ...problem, message: "m".repeat(1000) })),
  };
  const prints = Array.from({ length: 20_000 }, (_, row) => `row ${row}\n`);
  const tool = createRunTask(new FakeTaskRunner([{ task: fakeTask("long"), prints, result }]));

  const { text } = await runTool(tool, { label: "long" });

  assert.ok(text.length <= 48_000, String(text.length));
  assert.ok(text.startsWith('Task "long" finished with exit code 0\nrow 0\nrow 1\n'));
  assert.match(text, /\n… \([\d,]+ characters left out\) …\n/);
  assert.match(text, /\nrow 19999\n\nProblems that the task reported \(500\):\n/);
  assert.ok(text.endsWith("\n(450 more)"));
});

test("A task that prints nothing, whose output is hidden, or that was stopped by a dependency says so", async () => {
  const tool = createRunTask(
    new FakeTaskRunner([
      { task: fakeTask("silent"), result: exited(0) },
      { task: fakeTask("hidden"), result: { ...exited(2), outputSeen: false } },
      { task: fakeTask("custom"), result: { ...exited(0), ending: { kind: "ended" } } },
      {
        task: fakeTask("main"),
        prints: ["broken\n"],
        result: { ...exited(0), ending: { kind: "dependencyFailed", label: "compile", exitCode: 2 } },
      },
    ]),
  );
  const texts = await Promise.all(
    ["silent", "hidden", "custom", "main"].map(async (label) => (await runTool(tool, { label })).text),
  );

  assert.deepEqual(texts, [
    'Task "silent" finished with exit code 0\n(it printed nothing)',
    'Task "hidden" finished with exit code 2\n(The editor gave no access to the task\'s output; its terminal shows it to the user.)',
    'Task "custom" finished; its exit code is not known\n(it printed nothing)',
    'Task "main" did not run: "compile", which it depends on, finished with exit code 2\nbroken',
  ]);
});

test("A background task is answered with its first output and goes on", async () => {
  const task = fakeTask("watch", { isBackground: true });
  const tool = createRunTask(new FakeTaskRunner([{ task, prints: ["ready\n"], result: "never" }]));

  const { title, text } = await runTool(tool, { label: "watch" });

  assert.equal(title, 'Started task "watch", it goes on running');
  assert.match(
    text,
    /^Task "watch" is a background task and goes on running; the user can end it in its terminal\. Read on with get_output \(id: [0-9a-f]{8}\)\. Its output so far:\nready$/,
  );
});

test("A background task that ends by itself is answered as any other", async () => {
  const task = fakeTask("watch", { isBackground: true });
  const tool = createRunTask(new FakeTaskRunner([{ task, prints: ["cannot watch\n"], result: exited(1) }]));

  assert.equal((await runTool(tool, { label: "watch" })).text, 'Task "watch" finished with exit code 1\ncannot watch');
});

test("Cancelling ends a task, also one in the background that has not settled", async () => {
  for (const isBackground of [false, true]) {
    const tool = createRunTask(new FakeTaskRunner([{ task: fakeTask("slow", { isBackground }), result: "never" }]));
    const controller = new AbortController();
    const reason = new Error("stopped by the user");
    const run = runTool(tool, { label: "slow" }, controller.signal);
    setImmediate(() => controller.abort(reason));

    await assert.rejects(run, reason);
  }
});
