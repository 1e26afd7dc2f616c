import assert from "node:assert/strict";
import { test } from "node:test";
import { createRunTask } from "../../../src/tools/run-task.ts";
import { SessionPrograms } from "../../../src/tools/running/session-programs.ts";
import type { TaskDiagnostic } from "../../../src/tools/task-runner.ts";
import { FakeTaskRunner, fakeTask } from "../../support/fake-task-runner.ts";
import { runTool } from "../../support/run-tool.ts";

const problem: TaskDiagnostic = { path: "src/a.ts", line: 3, severity: "error", message: "Bad" };

test("A background task with a ready pattern is answered when it is ready, with the problems of its first round", async () => {
  const task = fakeTask("watch", { isBackground: true, readyPatterns: [{ begins: "^building", ends: "^built" }] });
  const runner = new FakeTaskRunner([
    { task, prints: ["building\n", "src/a.ts:3: Bad\n", "built\n"], result: "never" },
  ]);
  const running = new SessionPrograms();
  const tool = createRunTask(Object.assign(runner, { problems: async () => [problem] }), { running });

  const { title, text } = await runTool(tool, { label: "watch" });

  assert.equal(title, 'Started task "watch", it goes on running');
  const [program] = running.left;
  assert.equal(
    text,
    `Task "watch" is a background task and goes on running, its first round is done; the user can end it in its terminal. Read on with get_output (id: ${program?.id}). Its output so far:\nbuilding\nsrc/a.ts:3: Bad\nbuilt\n\nProblems that the task reported (1):\nsrc/a.ts:3: error: Bad`,
  );
  await running.endAll();
  assert.deepEqual([program?.isRunning, program?.headline], [false, 'Task "watch" was ended']);
});

test("Stop ends a background task that is not ready yet", async () => {
  const task = fakeTask("watch", { isBackground: true, readyPatterns: [{ ends: "^built" }] });
  const tool = createRunTask(new FakeTaskRunner([{ task, prints: ["building\n"], result: "never" }]));
  const stop = new AbortController();
  const call = await tool.prepare({ label: "watch" }, stop.signal);
  const reason = new Error("stopped by the user");

  await assert.rejects(call.run({ signal: stop.signal, output: () => stop.abort(reason) }), reason);
});
