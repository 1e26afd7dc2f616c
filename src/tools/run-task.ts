import * as z from "zod";
import {
  defineTool,
  type PreparedCall,
  type Tool,
  type ToolContext,
  ToolError,
  type ToolSuccess,
  textResult,
} from "../agent/tool.ts";
import type { ApprovalDetail } from "../protocol/approval.ts";
import { plural, t } from "../protocol/localize.ts";
import { chooseTask, listTasks } from "./choose-task.ts";
import { newTaskInput, prepareNewTask, type TaskCreation } from "./create-task.ts";
import { KEPT_LIMIT, outputLimit } from "./head-and-tail.ts";
import { listWithin } from "./list-within.ts";
import { OFFER_AFTER_MS } from "./run-command.ts";
import { type Attended, attend } from "./running/attend.ts";
import { SessionPrograms } from "./running/session-programs.ts";
import { describeRun, headlineOf, type TaskOutcome } from "./task-report.ts";
import type { TaskResult, TaskRunner, WorkspaceTask } from "./task-runner.ts";
import { waitUntilSettled } from "./wait-until-settled.ts";

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
    create: newTaskInput.optional().describe("Instead of a label: a task that is not there, to run once."),
  })
  .strict();

export interface TaskToolOptions {
  readonly running?: SessionPrograms;
  readonly offerAfterMs?: number;
  /** Absent: no task is made. */
  readonly creation?: TaskCreation;
}

/** Lists the workspace's tasks or runs one: a program, so the user is asked. */
export function createRunTask(tasks: TaskRunner, options: TaskToolOptions = {}): Tool {
  const parts = taskParts(tasks, options);
  return defineTool({
    name: "run_task",
    description:
      "Runs one of the workspace's tasks (tests, build, lint, …) and waits for it, or lists them when no label is given. The result begins with the exit code, then has the task's output and the problems it reported. A background (watch) task is left running after its first round; the result then has an id for get_output. With create it runs a new task once, for its problem matchers; to keep one, add it to .vscode/tasks.json with edit_file.",
    input,
    effect: "execute",
    limits: [`${RUN_MINUTES} minutes`, outputLimit(HEAD_SIZE, TAIL_SIZE), KEPT_LIMIT],
    streamingTitle: t("Run a task"),
    async prepare({ label, create }, signal) {
      if (create !== undefined) return prepareCreated(parts, options.creation, { label, create });
      const list = await listWithin((limited) => tasks.list(limited), signal);
      return label === undefined ? prepareList(list) : prepareTask(parts, chooseTask(list, label));
    },
  });
}

export interface TaskParts {
  readonly tasks: TaskRunner;
  readonly running: SessionPrograms;
  readonly offerAfterMs: number;
}

export function taskParts(
  tasks: TaskRunner,
  { running = new SessionPrograms(), offerAfterMs = OFFER_AFTER_MS }: TaskToolOptions,
): TaskParts {
  return { tasks, running, offerAfterMs };
}

function prepareList(list: readonly WorkspaceTask[]): PreparedCall {
  return {
    title: t("Listing the tasks"),
    effect: "read",
    targets: [],
    subject: { question: t("List the workspace's tasks?"), details: [] },
    timeoutMs: LIST_TIME_MS,
    async run() {
      const count = plural(list.length, "{0} task", "{0} tasks");
      const text = list.length === 0 ? "The workspace defines no tasks." : listTasks(list);
      return { content: textResult(text), title: t("Listed {0}", count) };
    },
  };
}

async function prepareCreated(
  parts: TaskParts,
  creation: TaskCreation | undefined,
  { label, create }: z.infer<typeof input> & { readonly create: z.infer<typeof newTaskInput> },
): Promise<PreparedCall> {
  const { runNew } = parts.tasks;
  if (label !== undefined) throw new ToolError("Give label or create, not both. Nothing was run.", "E_SCHEMA");
  if (runNew === undefined || creation === undefined) {
    throw new ToolError("No task can be made without the editor. Use run_command. Nothing was run.");
  }
  return prepareNewTask(create, creation, {
    timeoutMs: RUN_TIME_MS + ENDING_TIME_MS,
    run: (task, context) =>
      runToEnd(parts, { label: task.label, start: (signal, output) => runNew(task, signal, output) }, context),
  });
}

/** A run of one task of the list. */
export function prepareTask(parts: TaskParts, task: WorkspaceTask): PreparedCall {
  if (task.obstacle !== undefined) {
    throw new ToolError(`The task "${task.label}" cannot run here: ${task.obstacle} Nothing was run.`);
  }
  const { label, details, files, isResolvedByCommand } = task;
  const start = (signal: AbortSignal, output: (text: string) => void) => parts.tasks.run(task, signal, output);
  return {
    title: t('Running task "{0}"', label),
    effect: "execute",
    targets: [],
    task: { label, definition: definitionOf(task), files, isResolvedByCommand },
    subject: { question: t('Run task "{0}"?', label), details: details.map(shownDetail) },
    timeoutMs: RUN_TIME_MS + ENDING_TIME_MS,
    run: (context) => runToEnd(parts, { label, start, ...(task.isBackground && { background: task }) }, context),
  };
}

/** Only what is shown is in the user's language: rules hold to the definition. */
function shownDetail(detail: ApprovalDetail): ApprovalDetail {
  return { ...detail, label: t(detail.label) };
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

interface StartedTask {
  readonly label: string;
  readonly start: (signal: AbortSignal, output: (text: string) => void) => Promise<TaskResult>;
  /** Present where it never ends by itself. */
  readonly background?: WorkspaceTask;
}

async function runToEnd(
  { tasks, running, offerAfterMs }: TaskParts,
  { label, start, background }: StartedTask,
  context: ToolContext,
): Promise<ToolSuccess> {
  const program = running.start<TaskResult>({
    name: `Task "${label}"`,
    run: start,
    headline: ({ ending }) => headlineOf(label, ending),
    headSize: HEAD_SIZE,
    tailSize: TAIL_SIZE,
  });
  const stopLog = program.follow(context.output);
  const wait = async (): Promise<TaskOutcome> => {
    if (background !== undefined) return waitUntilSettled(program, background, tasks, context.signal);
    const attended = await attend(program, { limitMs: RUN_TIME_MS, offerAfterMs }, context);
    return outcomeOf(attended, program.id);
  };
  const outcome = await wait().finally(stopLog);
  if (outcome.kind === "running" || outcome.kind === "left") running.leave(program);
  return describeRun(label, outcome, await program.output());
}

function outcomeOf(attended: Attended<TaskResult>, id: string): TaskOutcome {
  switch (attended.kind) {
    case "ended":
      return { kind: "finished", result: attended.end };
    case "timed-out":
      return { kind: "timedOut", minutes: RUN_MINUTES };
    case "stopped":
      return { kind: "stopped" };
    case "left":
      return { kind: "left", id };
  }
}
