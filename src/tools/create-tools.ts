import type { Tool } from "../agent/tool.ts";
import { createEditFile } from "./edit-file.ts";
import type { FilesGuard } from "./files-guard.ts";
import { createGetOutput } from "./get-output.ts";
import type { ProgramRunner } from "./program-runner.ts";
import { createReadFile } from "./read-file.ts";
import { createRunCommand } from "./run-command.ts";
import { createRunTask } from "./run-task.ts";
import { createRunTests } from "./run-tests.ts";
import type { SessionPrograms } from "./running/session-programs.ts";
import { createSearchFiles, type FindRipgrep } from "./search-files.ts";
import type { TaskRunner } from "./task-runner.ts";
import type { TextFiles } from "./text-files.ts";
import type { Workspace } from "./workspace.ts";
import { createWriteFile } from "./write-file.ts";

export interface ToolPorts {
  readonly workspace: Workspace;
  readonly ripgrep: FindRipgrep;
  readonly tasks: TaskRunner;
  readonly files: TextFiles;
  readonly programs: ProgramRunner;
  readonly running: SessionPrograms;
  readonly guard: FilesGuard;
}

/** Every tool that the model is offered. */
export function createTools({
  workspace,
  ripgrep,
  tasks,
  files,
  programs,
  running,
  guard,
}: ToolPorts): readonly Tool[] {
  return [
    createSearchFiles(workspace, ripgrep, guard),
    createReadFile(workspace, guard),
    createEditFile(workspace, files, guard),
    createWriteFile(workspace, files, guard),
    createRunTask(tasks, { running, creation: { workspace, programs } }),
    createRunTests(tasks, { running }),
    createRunCommand(workspace, programs, running),
    createGetOutput(running),
  ];
}
