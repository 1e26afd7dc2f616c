import type { Tool } from "./agent/tool.ts";
import { DiskFiles } from "./headless/disk-files.ts";
import { ShellPrograms } from "./headless/shell-programs.ts";
import { createTools } from "./tools/create-tools.ts";
import type { FilesGuard } from "./tools/files-guard.ts";
import type { Workspace } from "./tools/workspace.ts";
import { EditorTasks } from "./vscode/editor-tasks.ts";
import { EditorDiagnostics } from "./vscode/files/editor-diagnostics.ts";
import { EditorFiles } from "./vscode/files/editor-files.ts";
import { EditorPlaces } from "./vscode/files/editor-places.ts";
import { findRipgrep } from "./vscode/find-ripgrep.ts";
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
    places: new EditorPlaces(),
    changeDiagnostics: new EditorDiagnostics(),
    programs: new ShellPrograms(() => readPolicySettings().commandEnvironment),
  };
  return { forSession: (guard) => createTools({ ...ports, guard }) };
}
