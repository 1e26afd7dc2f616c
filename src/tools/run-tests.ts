import * as z from "zod";
import { defineTool, type Tool, ToolError } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import { chooseTask, listTasks } from "./choose-task.ts";
import { listWithin } from "./list-within.ts";
import { prepareTask, type TaskToolOptions, taskParts } from "./run-task.ts";
import type { TaskRunner, WorkspaceTask } from "./task-runner.ts";

const input = z
  .object({
    label: z.string().min(1).optional().describe("Which task, where the project has several that run tests."),
  })
  .strict();

/** Runs the project's tests by the task that is there for it: VS Code has no stable API for its Testing view. */
export function createRunTests(tasks: TaskRunner, options: TaskToolOptions = {}): Tool {
  const parts = taskParts(tasks, options);
  return defineTool({
    name: "run_tests",
    description:
      "Runs the project's tests by its test task: the default one of the group test in tasks.json, or npm test. It cannot run single tests of VS Code's Testing view, as there is no API for it; use run_command for one file. The report is that of run_task.",
    input,
    effect: "execute",
    limits: ["those of run_task"],
    streamingTitle: t("Run the tests"),
    async prepare({ label }, signal) {
      const list = await listWithin((limited) => tasks.list(limited), signal);
      return prepareTask(parts, label === undefined ? testTask(list) : chooseTask(list, label));
    },
  });
}

/** The default of the group; else the only one of it; else the only script or task that is called test. */
function testTask(list: readonly WorkspaceTask[]): WorkspaceTask {
  const group = list.filter(({ tests }) => tests !== undefined);
  const named = list.filter(({ label }) => label === "test" || label.endsWith(": test"));
  const found = [group.filter(({ tests }) => tests === "default"), group, named].find(({ length }) => length > 0) ?? [];
  const [task, ...others] = found;
  if (task === undefined) {
    throw new ToolError(
      "The project has no test task: none of the group test in tasks.json, and no script test. Nothing was run. Use run_command where you know how its tests are run.",
    );
  }
  if (others.length > 0) {
    throw new ToolError(
      `Several tasks run tests. Nothing was run; ask the user which one, and give its label:\n${listTasks(found)}`,
      "E_SCHEMA",
    );
  }
  return task;
}
