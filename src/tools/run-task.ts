import * as z from "zod";
import { defineTool, type PreparedCall, type Tool, type ToolContext, ToolError, textResult } from "../agent/tool.ts";
import { chooseTask, listTasks } from "./choose-task.ts";
import { HeadAndTail, outputLimit } from "./head-and-tail.ts";
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
    effect: "execute",
    limits: [`${RUN_MINUTES} minutes`, outputLimit(HEAD_SIZE, TAIL_SIZE)],
    streamingTitle: "Run a task",
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
  const { label, details, files, isResolvedByCommand } = task;
  return {
    title: `Running task "${label}"`,
    effect: "execute",
    targets: [],
    task: { label, definition: definitionOf(task), files, isResolvedByCommand },
    subject: { question: `Run task "${label}"?`, details },
    timeoutMs: RUN_TIME_MS + ENDING_TIME_MS,
    run: (context) => runTask(tasks, task, context),
  };
}

/** A line for each thing that decides what runs, as JSON: whatever the values hold, two definitions never read the same. */
function definitionOf({ source, isBackground, details }: WorkspaceTask): string {
  const parts = [
    ["Source", source],
    ["Background", isBackground],
    ...details.map(({ label, value }) => [label, value]),
  ];
  return parts.map((part) => JSON.stringify(part)).join("\n");
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
