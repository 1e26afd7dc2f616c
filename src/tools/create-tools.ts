import type { Tool } from "../agent/tool.ts";
import { createAskUser } from "./ask-user.ts";
import type { ChangeDiagnostics } from "./change-diagnostics.ts";
import type { Repositories } from "./changes/repositories.ts";
import { createDeleteFile } from "./delete-file.ts";
import type { Diagnostics } from "./diagnostics.ts";
import { createEditFile } from "./edit-file.ts";
import type { FilesGuard } from "./files-guard.ts";
import { createGetChanges } from "./get-changes.ts";
import { createGetDiagnostics } from "./get-diagnostics.ts";
import { createGetOutput } from "./get-output.ts";
import { createFindReferences } from "./language/find-references.ts";
import { createFindSymbols } from "./language/find-symbols.ts";
import { createGetDefinition } from "./language/get-definition.ts";
import type { Language } from "./language/language.ts";
import { createListFiles } from "./list-files.ts";
import { createMoveFile } from "./move-file.ts";
import type { FilePlaces } from "./places/file-places.ts";
import type { PlanBoard } from "./plan-board.ts";
import type { ProgramRunner } from "./program-runner.ts";
import { createReadFile } from "./read-file.ts";
import { createRunCommand } from "./run-command.ts";
import { createRunTask } from "./run-task.ts";
import { createRunTests } from "./run-tests.ts";
import type { SessionPrograms } from "./running/session-programs.ts";
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
  readonly places: FilePlaces;
  readonly programs: ProgramRunner;
  readonly running: SessionPrograms;
  readonly guard: FilesGuard;
  /** Absent where no editor looks at what changes. */
  readonly changeDiagnostics?: ChangeDiagnostics;
  /** What the editor's language extensions know; without an editor there are none. */
  readonly language?: Language;
  /** What the editor knows of problems. */
  readonly diagnostics?: Diagnostics;
  /** The git repositories that it has open. */
  readonly repositories?: Repositories;
  readonly user?: UserQuestions;
  readonly plan?: PlanBoard;
}

/** Every tool that the model is offered. */
export function createTools(ports: ToolPorts): readonly Tool[] {
  const { workspace, ripgrep, tasks, files, places, programs, running, guard, changeDiagnostics, user, plan } = ports;
  return [
    createListFiles(workspace, ripgrep, guard),
    createSearchFiles(workspace, ripgrep, guard),
    createReadFile(workspace, guard),
    ...editorTools(ports),
    createEditFile(workspace, files, guard, changeDiagnostics),
    createWriteFile(workspace, files, guard, changeDiagnostics),
    createMoveFile(workspace, places),
    createDeleteFile(workspace, places),
    createRunTask(tasks, { running, creation: { workspace, programs } }),
    createRunTests(tasks, { running }),
    createRunCommand(workspace, programs, running),
    createGetOutput(running),
    ...(user === undefined ? [] : [createAskUser(user)]),
    ...(plan === undefined ? [] : [createUpdatePlan(plan)]),
  ];
}

/** What there is only with the editor's knowledge. */
function editorTools({
  workspace,
  guard,
  language,
  diagnostics,
  repositories,
}: Pick<ToolPorts, "workspace" | "guard" | "language" | "diagnostics" | "repositories">): readonly Tool[] {
  const files = { workspace, guard };
  return [
    ...(language === undefined
      ? []
      : [createFindSymbols, createFindReferences, createGetDefinition].map((create) => create({ ...files, language }))),
    ...(diagnostics === undefined ? [] : [createGetDiagnostics({ ...files, diagnostics })]),
    ...(repositories === undefined ? [] : [createGetChanges({ ...files, repositories })]),
  ];
}
