import type { Tool } from "./agent/tool.ts";
import { DiskFiles } from "./headless/disk-files.ts";
import { ShellPrograms } from "./headless/shell-programs.ts";
import { createTools } from "./tools/create-tools.ts";
import type { FilesGuard } from "./tools/files-guard.ts";
import type { Workspace } from "./tools/workspace.ts";
import { EditorRepositories } from "./vscode/changes/editor-repositories.ts";
import { EditorFiles } from "./vscode/editor-files.ts";
import { EditorTasks } from "./vscode/editor-tasks.ts";
import { findRipgrep } from "./vscode/find-ripgrep.ts";
import { EditorDiagnostics } from "./vscode/language/editor-diagnostics.ts";
import { EditorLanguage } from "./vscode/language/editor-language.ts";
import { readPolicySettings } from "./vscode/policy-settings.ts";

/** What the model may call, and what it works with in the editor. Loaded with the first turn that is offered tools. */
export interface WindowTools {
  /** Those of one session: what they read from files is masked by its policy. */
  forSession(guard: FilesGuard): readonly Tool[];
}

export function composeTools({ workspace }: { readonly workspace: Workspace }): WindowTools {
  const ports = {
    workspace,
    ripgrep: findRipgrep,
    tasks: new EditorTasks(),
    files: new EditorFiles(new DiskFiles()),
    language: new EditorLanguage(),
    diagnostics: new EditorDiagnostics(),
    repositories: new EditorRepositories(),
    programs: new ShellPrograms(() => readPolicySettings().commandEnvironment),
  };
  return { forSession: (guard) => createTools({ ...ports, guard }) };
}
