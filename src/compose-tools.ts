import type { Tool } from "./agent/tool.ts";
import { DiskFiles } from "./headless/disk-files.ts";
import { ShellPrograms } from "./headless/shell-programs.ts";
import { createTools } from "./tools/create-tools.ts";
import type { FilesGuard } from "./tools/files-guard.ts";
import type { PlanBoard } from "./tools/plan-board.ts";
import type { UserQuestions } from "./tools/user-questions.ts";
import type { Workspace } from "./tools/workspace.ts";
import { EditorFiles } from "./vscode/editor-files.ts";
import { EditorTasks } from "./vscode/editor-tasks.ts";
import { findRipgrep } from "./vscode/find-ripgrep.ts";
import { readPolicySettings } from "./vscode/policy-settings.ts";

/** What the model may call, and what it works with in the editor. Loaded with the first turn that is offered tools. */
export interface WindowTools {
  /** Those of one session: what they read from files is masked by its policy, what they ask and show is in its panel. */
  forSession(guard: FilesGuard, talk: UserQuestions & PlanBoard): readonly Tool[];
}

export function composeTools({ workspace }: { readonly workspace: Workspace }): WindowTools {
  const ports = {
    workspace,
    ripgrep: findRipgrep,
    tasks: new EditorTasks(),
    files: new EditorFiles(new DiskFiles()),
    programs: new ShellPrograms(() => readPolicySettings().commandEnvironment),
  };
  return { forSession: (guard, talk) => createTools({ ...ports, guard, user: talk, plan: talk }) };
}
