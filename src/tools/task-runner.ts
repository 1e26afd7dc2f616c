import type { CommandCall } from "../agent/tool.ts";
import type { ApprovalDetail } from "../protocol/approval.ts";
import type { ReadyPattern } from "./ready-watch.ts";

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
  /** How a background task's output tells that a round is done, one for each of its matchers that knows. */
  readonly readyPatterns?: readonly ReadyPattern[];
  /** It is one of the tasks that run tests, or the one that does by default. */
  readonly tests?: "default" | "other";
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

/** A task that is made for one run. */
export interface NewTask {
  readonly label: string;
  readonly command: CommandCall;
  /** Names of problem matchers: `$tsc`. */
  readonly matchers: readonly string[];
  /** Whether git may run the repository's hooks: only where the user saw the command. */
  readonly withHooks: boolean;
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
  /** What the problem matchers of a task that runs report now. Absent where there are none. */
  readonly problems?: (task: WorkspaceTask) => Promise<readonly TaskDiagnostic[]>;
  /** Runs a task that nothing defines, as `run` does. Absent where there are no tasks but those of tasks.json. */
  readonly runNew?: (task: NewTask, signal: AbortSignal, output: (text: string) => void) => Promise<TaskResult>;
}
