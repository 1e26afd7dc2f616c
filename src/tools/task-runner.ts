import type { ApprovalDetail } from "../protocol/approval.ts";

/** A task that can be run, as tasks.json or an extension defines it. */
export interface WorkspaceTask {
  /** Unique within the list: VS Code's label, prefixed by its folder where two folders share it. */
  readonly label: string;
  /** Where it comes from: `Workspace`, `npm`, … */
  readonly source: string;
  /** For the model's choice: command line or what the task says of itself. */
  readonly summary: string;
  /** Everything that will run, for the approval: type, command line, folder, environment, what it depends on. */
  readonly details: readonly ApprovalDetail[];
  /** Absolute, real paths of the files that say what runs: tasks.json, package.json for a script. */
  readonly files: readonly string[];
  /** The editor runs a command to complete it: `${command:…}`. */
  readonly isResolvedByCommand: boolean;
  /** A background (watching) task never ends by itself. */
  readonly isBackground: boolean;
  /** Why it cannot run here, a sentence; absent = it can. */
  readonly obstacle?: string;
}

export interface TaskDiagnostic {
  /** Workspace-relative path. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  readonly source?: string;
}

export type TaskEnding =
  | { readonly kind: "exited"; readonly exitCode: number }
  /** The task has no process, or the editor did not say how it ended. */
  | { readonly kind: "ended" }
  /** A task that it depends on failed, so it did not run itself. */
  | { readonly kind: "dependencyFailed"; readonly label: string; readonly exitCode: number };

export interface TaskResult {
  readonly ending: TaskEnding;
  /** False where the editor gave no access to what the task printed. */
  readonly outputSeen: boolean;
  /** What the task's problem matchers found; empty where there is none. */
  readonly diagnostics: readonly TaskDiagnostic[];
}

/** What `run_task` needs: VS Code's tasks, or tasks.json under plain Node. */
export interface TaskRunner {
  /** How a background task that was left running comes to its end, for the model: "the user can end it in its terminal". */
  readonly endOfBackground: string;
  list(signal: AbortSignal): Promise<readonly WorkspaceTask[]>;
  /**
   * Runs exactly the task of an earlier `list`. `output` gets what it prints as it comes, with terminal control sequences.
   * Aborting the signal ends its processes; the promise then rejects with the signal's reason once they have ended.
   */
  run(task: WorkspaceTask, signal: AbortSignal, output: (text: string) => void): Promise<TaskResult>;
}
