import * as z from "zod";
import { type CommandCall, type PreparedCall, type ToolContext, ToolError, type ToolSuccess } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import { commandFolder } from "./command-folder.ts";
import { expectedPath } from "./open-no-follow.ts";
import type { ProgramRunner } from "./program-runner.ts";
import type { NewTask } from "./task-runner.ts";
import type { Workspace } from "./workspace.ts";

/** A task that no tasks.json has. */
export const newTaskInput = z
  .object({
    label: z.string().min(1).max(100),
    command: z.string().min(1).describe("A command line for bash; with args a program's name."),
    args: z.array(z.string()).optional().describe("Its arguments, each one word whatever it holds."),
    cwd: z
      .string()
      .optional()
      .describe("Folder to start in, relative to the workspace. Default: the workspace folder."),
    problemMatcher: z
      .array(z.string().regex(/^\$[\w.-]+$/))
      .optional()
      .describe("Names of problem matchers: $tsc, $eslint-stylish, …"),
  })
  .strict();

export interface TaskCreation {
  readonly workspace: Workspace;
  /** The shell and the environment of commands are those of such tasks. */
  readonly programs: ProgramRunner;
}

export interface NewTaskCall {
  readonly timeoutMs: number;
  run(task: NewTask, context: ToolContext): Promise<ToolSuccess>;
}

/** Judged as the command line that it is, and run once: nothing is written to tasks.json. */
export async function prepareNewTask(
  { label, command, args = [], cwd, problemMatcher: matchers = [] }: z.infer<typeof newTaskInput>,
  { workspace, programs }: TaskCreation,
  { timeoutMs, run }: NewTaskCall,
): Promise<PreparedCall> {
  const line = [command, ...args.map(shellWord)].join(" ");
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(label)) {
    throw new ToolError("The label holds characters that cannot be seen. Nothing was run.", "E_SCHEMA");
  }
  if (line.trim() === "" || line.includes("\0")) {
    throw new ToolError("The command is empty or holds a NUL character. Nothing was run.", "E_SCHEMA");
  }
  const folder = await commandFolder(cwd, workspace.folders());
  const call: CommandCall = { line, cwd: await expectedPath(folder), shell: programs.shell };
  return {
    title: t('Running new task "{0}"', label),
    effect: "execute",
    targets: [{ path: folder, access: "read", canonical: call.cwd }],
    command: call,
    subject: {
      question: t('Run new task "{0}" once?', label),
      details: [
        { label: t("Command"), value: line, format: "command" },
        { label: t("Folder"), value: folder },
        ...(folder === call.cwd ? [] : [{ label: t("Leads to"), value: call.cwd }]),
        { label: t("Shell"), value: programs.shell },
        { label: t("Environment"), value: programs.environment },
        ...matchers.map((value) => ({ label: t("Problem matcher"), value })),
        { label: t("Saved"), value: t("nowhere: tasks.json stays as it is") },
      ],
    },
    timeoutMs,
    run: (context) => run({ label, command: call, matchers, withHooks: context.allowedBy === "user" }, context),
  };
}

/** One word of a line for bash. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
