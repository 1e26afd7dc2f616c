import * as vscode from "vscode";
import { ToolError } from "../agent/tool.ts";
import type { NewTask } from "../tools/task-runner.ts";
import type { EditorTask } from "./editor-task-list.ts";
import { cleanBash } from "./terminal/clean-bash.ts";

/** The environment of commands, for a folder. */
export type CommandVariables = (cwd: string, withHooks: boolean) => Promise<Readonly<Record<string, string>>>;

/**
 * A task that no tasks.json has: the line, the shell and the environment are those of a command. What is typed for it is not
 * echoed, as that is how its environment is made. Throws a `ToolError` where the shell is no bash.
 */
export async function buildNewTask(
  { label, command, matchers, withHooks }: NewTask,
  variables: CommandVariables,
): Promise<EditorTask> {
  const { line, cwd, shell } = command;
  if (!shell.endsWith("/bash")) {
    throw new ToolError("A new task needs bash, which is not here. Nothing was run. Use run_command.");
  }
  const scope = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(cwd)) ?? vscode.workspace.workspaceFolders?.[0];
  if (scope === undefined) throw new ToolError("No folder is open in the editor. Nothing was run.", "E_OUTSIDE");
  const env = await variables(cwd, withHooks);
  const parameters = cleanBash(Object.keys(env), ["--noprofile", "--norc", "-c", "--", line]);
  const execution = new vscode.ProcessExecution(shell, parameters, { cwd, env: { ...env } });
  const task = new vscode.Task({ type: "process" }, scope, label, "Outcrop", execution, [...matchers]);
  task.presentationOptions = { echo: false, focus: false };
  const shown = {
    ...{ label, source: "Outcrop", summary: line, details: [], files: [] },
    ...{ isResolvedByCommand: false, isBackground: false },
  };
  return { shown, task, definition: undefined, dependencies: [] };
}
