import type { Tool } from "../agent/tool.ts";
import type { ChangeDiagnostics } from "./change-diagnostics.ts";
import { createDeleteFile } from "./delete-file.ts";
import { createEditFile } from "./edit-file.ts";
import type { FilesGuard } from "./files-guard.ts";
import { createListFiles } from "./list-files.ts";
import { createMoveFile } from "./move-file.ts";
import type { FilePlaces } from "./places/file-places.ts";
import type { ProgramRunner } from "./program-runner.ts";
import { createReadFile } from "./read-file.ts";
import { createRunCommand } from "./run-command.ts";
import { createRunTask } from "./run-task.ts";
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
  readonly places: FilePlaces;
  readonly programs: ProgramRunner;
  readonly guard: FilesGuard;
  /** Absent where no editor looks at what changes. */
  readonly changeDiagnostics?: ChangeDiagnostics;
}

/** Every tool that the model is offered. */
export function createTools(ports: ToolPorts): readonly Tool[] {
  const { workspace, ripgrep, tasks, files, places, programs, guard, changeDiagnostics } = ports;
  return [
    createListFiles(workspace, ripgrep, guard),
    createSearchFiles(workspace, ripgrep, guard),
    createReadFile(workspace, guard),
    createEditFile(workspace, files, guard, changeDiagnostics),
    createWriteFile(workspace, files, guard, changeDiagnostics),
    createMoveFile(workspace, places),
    createDeleteFile(workspace, places),
    createRunTask(tasks),
    createRunCommand(workspace, programs),
  ];
}
