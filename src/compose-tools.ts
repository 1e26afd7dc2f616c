import type { Tool } from "./agent/tool.ts";
import { composeHttpTools, type HttpToolParts, warn } from "./compose-http-tools.ts";
import { DiskFiles } from "./headless/disk-files.ts";
import { ShellPrograms } from "./headless/shell-programs.ts";
import { admitTools } from "./policy/admit-tools.ts";
import { createTools } from "./tools/create-tools.ts";
import type { FilesGuard } from "./tools/files-guard.ts";
import type { PlanBoard } from "./tools/plan-board.ts";
import type { UserQuestions } from "./tools/user-questions.ts";
import type { Workspace } from "./tools/workspace.ts";
import { EditorRepositories } from "./vscode/changes/editor-repositories.ts";
import { EditorTasks } from "./vscode/editor-tasks.ts";
import { EditorChangeDiagnostics } from "./vscode/files/editor-change-diagnostics.ts";
import { EditorFiles } from "./vscode/files/editor-files.ts";
import { EditorPlaces } from "./vscode/files/editor-places.ts";
import { findRipgrep } from "./vscode/find-ripgrep.ts";
import { EditorDiagnostics } from "./vscode/language/editor-diagnostics.ts";
import { EditorLanguage } from "./vscode/language/editor-language.ts";
import { readPolicySettings } from "./vscode/policy-settings.ts";

/** What the model may call, and what it works with in the editor. Loaded with the first turn that is offered tools. */
export interface WindowTools {
  /** Those of one session, asked for whenever a turn begins. */
  forSession(session: ToolSession): () => Promise<readonly Tool[]>;
}

/** Whose tools they are. */
export interface ToolSession {
  readonly id: string;
  /** Its policy's: what the tools read from files is masked. */
  readonly guard: FilesGuard;
  /** What they ask and show is in its panel. */
  readonly talk: UserQuestions & PlanBoard;
}

export interface ToolParts extends Omit<HttpToolParts, "folders"> {
  readonly workspace: Workspace;
}

export function composeTools({ workspace, ...parts }: ToolParts): WindowTools {
  const ports = {
    workspace,
    ripgrep: findRipgrep,
    tasks: new EditorTasks(),
    files: new EditorFiles(new DiskFiles()),
    places: new EditorPlaces(),
    changeDiagnostics: new EditorChangeDiagnostics(),
    language: new EditorLanguage(),
    diagnostics: new EditorDiagnostics(),
    repositories: new EditorRepositories(),
    programs: new ShellPrograms(() => readPolicySettings().commandEnvironment),
  };
  const folders = (): readonly string[] => workspace.folders().map(({ path }) => path);
  return {
    forSession: ({ id, guard, talk }) => {
      const own = createTools({ ...ports, guard, user: talk, plan: talk });
      const http = composeHttpTools({ ...parts, folders }, id);
      let told = "";
      return async () => {
        const { tools, refused } = admitTools(own, await http());
        const text = refused.join("\n");
        if (text !== "" && text !== told) warn(text);
        told = text;
        return tools;
      };
    },
  };
}
