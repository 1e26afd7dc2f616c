import * as z from "zod";
import { defineTool, type PreparedCall, type Tool, type ToolContext, ToolError, textResult } from "../agent/tool.ts";
import { HeadAndTail } from "./head-and-tail.ts";
import { listWithin } from "./list-within.ts";
import { describeRun, type TaskOutcome } from "./task-report.ts";
import type { TaskRunner, WorkspaceTask } from "./task-runner.ts";
import { TerminalText } from "./terminal-text.ts";
import { type StartTask, waitUntilSettled } from "./wait-until-settled.ts";

const LIST_TIME_MS = 5000;
const RUN_MINUTES = 10;
const RUN_TIME_MS = RUN_MINUTES * 60_000;
/** Processes that are asked to end get some time before the call is given up. */
const ENDING_TIME_MS = 20_000;
/** Characters of output that the model gets; with diagnostics and headline below the 48,000 of one tool result. */
const HEAD_SIZE = 10_000;
const TAIL_SIZE = 20_000;

const input = z
  .object({
    label: z
      .string()
      .min(1)
      .optional()
      .describe("The task's label, as the list gives it. Without it the tasks are listed."),
  })
  .strict();

/** Lists the workspace's tasks or runs one: a program, so the user is asked. */
export function createRunTask(tasks: TaskRunner): Tool {
  return defineTool({
    name: "run_task",
    description:
      "Runs one of the workspace's tasks (tests, build, lint, …) and waits for it, or lists them when no label is given. The result begins with the exit code, then has the task's output and the problems it reported. A background (watch) task is left running after its first output.",
    input,
    streamingTitle: "Running a task",
    async prepare({ label }, signal) {
      const list = await listWithin((limited) => tasks.list(limited), signal);
      return label === undefined ? prepareList(list) : prepareRun(tasks, chooseTask(list, label));
    },
  });
}

function prepareList(list: readonly WorkspaceTask[]): PreparedCall {
  return {
    title: "Listing the tasks",
    effect: "read",
    targets: [],
    subject: { question: "List the workspace's tasks?", details: [] },
    timeoutMs: LIST_TIME_MS,
    async run() {
      const count = `${list.length} task${list.length === 1 ? "" : "s"}`;
      const text = list.length === 0 ? "The workspace defines no tasks." : listTasks(list);
      return { content: textResult(text), title: `Listed ${count}` };
    },
  };
}

function prepareRun(tasks: TaskRunner, task: WorkspaceTask): PreparedCall {
  if (task.obstacle !== undefined) {
    throw new ToolError(`The task "${task.label}" cannot run here: ${task.obstacle} Nothing was run.`);
  }
  return {
    title: `Running task "${task.label}"`,
    effect: "execute",
    targets: [],
    subject: {
      question: `Run task "${task.label}"?`,
      details: task.details,
      // A changed definition is another task, for which an earlier grant says nothing.
      grantKey: JSON.stringify([task.label, task.details.map(({ label, value }) => [label, value])]),
    },
    timeoutMs: RUN_TIME_MS + ENDING_TIME_MS,
    run: (context) => runTask(tasks, task, context),
  };
}

async function runTask(tasks: TaskRunner, task: WorkspaceTask, context: ToolContext) {
  const kept = new HeadAndTail(HEAD_SIZE, TAIL_SIZE);
  const terminal = new TerminalText();
  const take = (text: string) => {
    if (text === "") return;
    kept.push(text);
    context.output(text);
  };
  const start = (signal: AbortSignal, onOutput: () => void) =>
    tasks.run(task, signal, (chunk) => {
      onOutput();
      take(terminal.push(chunk));
    });
  const outcome = await (task.isBackground
    ? waitUntilSettled(start, tasks.endOfBackground, context.signal)
    : waitForEnd(start, context.signal));
  take(terminal.finish());
  return describeRun(task.label, outcome, kept.text());
}

/** A task that takes too long is ended, and what it printed still reaches the model. */
async function waitForEnd(start: StartTask, signal: AbortSignal): Promise<TaskOutcome> {
  const limit = AbortSignal.timeout(RUN_TIME_MS);
  try {
    return { kind: "finished", result: await start(AbortSignal.any([signal, limit]), () => undefined) };
  } catch (error) {
    if (!limit.aborted || signal.aborted) throw error;
    return { kind: "timedOut", minutes: RUN_MINUTES };
  }
}

function listTasks(list: readonly WorkspaceTask[]): string {
  return list.map(({ label, source, summary }) => `- ${label} (${source}) ${summary}`.trimEnd()).join("\n");
}

/** The label as it is; else the one task that has it without its prefix (`npm: test` for `test`) or in other letter case. */
function chooseTask(list: readonly WorkspaceTask[], label: string): WorkspaceTask {
  const wanted = label.toLowerCase();
  const exact = list.filter((task) => task.label === label);
  const near = list.filter(({ label: other }) => {
    const candidate = other.toLowerCase();
    return candidate === wanted || candidate.endsWith(`: ${wanted}`) || candidate.endsWith(`/${wanted}`);
  });
  const [task, ...others] = exact.length > 0 ? exact : near;
  if (task === undefined) {
    const known = list.length === 0 ? "The workspace defines no tasks." : `The tasks are:\n${listTasks(list)}`;
    throw new ToolError(`There is no task "${label}". ${known}`);
  }
  if (others.length > 0) {
    throw new ToolError(
      `"${label}" may be one of several tasks; give the whole label:\n${listTasks([task, ...others])}`,
    );
  }
  return task;
}
