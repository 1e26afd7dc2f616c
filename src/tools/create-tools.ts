import type { Tool } from "../agent/tool.ts";
import { createAskUser } from "./ask-user.ts";
import { createEditFile } from "./edit-file.ts";
import type { FilesGuard } from "./files-guard.ts";
import type { PlanBoard } from "./plan-board.ts";
import type { ProgramRunner } from "./program-runner.ts";
import { createReadFile } from "./read-file.ts";
import { createRunCommand } from "./run-command.ts";
import { createRunTask } from "./run-task.ts";
import { createSearchFiles, type FindRipgrep } from "./search-files.ts";
import type { TaskRunner } from "./task-runner.ts";
import type { TextFiles } from "./text-files.ts";
import { createUpdatePlan } from "./update-plan.ts";
import type { UserQuestions } from "./user-questions.ts";
import type { Workspace } from "./workspace.ts";
import { createWriteFile } from "./write-file.ts";

export interface ToolPorts {
  readonly workspace: Workspace;
  readonly ripgrep: FindRipgrep;
  readonly tasks: TaskRunner;
  readonly files: TextFiles;
  readonly programs: ProgramRunner;
  readonly guard: FilesGuard;
  readonly user?: UserQuestions;
  readonly plan?: PlanBoard;
}

/** Every tool that the model is offered. */
export function createTools({
  workspace,
  ripgrep,
  tasks,
  files,
  programs,
  guard,
  user,
  plan,
}: ToolPorts): readonly Tool[] {
  return [
    createSearchFiles(workspace, ripgrep, guard),
    createReadFile(workspace, guard),
    createEditFile(workspace, files, guard),
    createWriteFile(workspace, files, guard),
    createRunTask(tasks),
    createRunCommand(workspace, programs),
    ...(user === undefined ? [] : [createAskUser(user)]),
    ...(plan === undefined ? [] : [createUpdatePlan(plan)]),
  ];
}
