import type { Tool } from "../agent/tool.ts";
import { createEditFile } from "./edit-file.ts";
import type { FilesGuard } from "./files-guard.ts";
import { createFindReferences } from "./language/find-references.ts";
import { createFindSymbols } from "./language/find-symbols.ts";
import { createGetDefinition } from "./language/get-definition.ts";
import type { Language } from "./language/language.ts";
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
  readonly programs: ProgramRunner;
  readonly guard: FilesGuard;
  /** What the editor's language extensions know; without an editor there are none. */
  readonly language?: Language;
}

/** Every tool that the model is offered. */
export function createTools({
  workspace,
  ripgrep,
  tasks,
  files,
  programs,
  guard,
  ...editor
}: ToolPorts): readonly Tool[] {
  return [
    createSearchFiles(workspace, ripgrep, guard),
    createReadFile(workspace, guard),
    ...languageTools(editor.language, workspace, guard),
    createEditFile(workspace, files, guard),
    createWriteFile(workspace, files, guard),
    createRunTask(tasks),
    createRunCommand(workspace, programs),
  ];
}

function languageTools(language: Language | undefined, workspace: Workspace, guard: FilesGuard): readonly Tool[] {
  if (language === undefined) return [];
  const ports = { language, workspace, guard };
  return [createFindSymbols(ports), createFindReferences(ports), createGetDefinition(ports)];
}
