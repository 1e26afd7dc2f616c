import type { Tool } from "../agent/tool.ts";
import { createReadFile } from "./read-file.ts";
import { createRunTask } from "./run-task.ts";
import { createSearchFiles, type FindRipgrep } from "./search-files.ts";
import type { TaskRunner } from "./task-runner.ts";
import type { Workspace } from "./workspace.ts";

export interface ToolPorts {
  readonly workspace: Workspace;
  readonly ripgrep: FindRipgrep;
  readonly tasks: TaskRunner;
}

/** Every tool that the model is offered. */
export function createTools({ workspace, ripgrep, tasks }: ToolPorts): readonly Tool[] {
  return [createSearchFiles(workspace, ripgrep), createReadFile(workspace), createRunTask(tasks)];
}
