import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { showPath } from "../tools/resolve-path.ts";
import type { TaskDiagnostic } from "../tools/task-runner.ts";
import type { WorkspaceFolder } from "../tools/workspace.ts";
import type { PrintedText } from "./printed-text.ts";

/** Problem matchers deliver after the task's end: about 0.2 s were seen. */
const QUIET_MS = 500;
const MOST_QUIET_PERIODS = 6;

const SEVERITIES: Readonly<Record<vscode.DiagnosticSeverity, TaskDiagnostic["severity"]>> = {
  [vscode.DiagnosticSeverity.Error]: "error",
  [vscode.DiagnosticSeverity.Warning]: "warning",
  [vscode.DiagnosticSeverity.Information]: "information",
  [vscode.DiagnosticSeverity.Hint]: "hint",
};

/** Finds what the problem matchers of one run report. Made before the run. */
export class TaskDiagnostics {
  readonly #sources: readonly (string | undefined)[];
  readonly #before: ReadonlySet<string>;
  #changed = false;
  readonly #subscription: vscode.Disposable;

  /** `sources` as `problemSources` gives them: one for each matcher. */
  constructor(sources: readonly (string | undefined)[]) {
    this.#sources = sources;
    this.#before = new Set(
      vscode.languages.getDiagnostics().flatMap(([uri, list]) => list.map((one) => keyOf(uri, one))),
    );
    this.#subscription = vscode.languages.onDidChangeDiagnostics(() => {
      this.#changed = true;
    });
  }

  /**
   * Everything that carries a source of the task's matchers, also when an earlier run reported the same; what is new where a matcher
   * names no source. A language's own diagnostics may carry the same source (`ts`): only what the task printed counts, where
   * that was seen.
   */
  async collect(
    folders: readonly WorkspaceFolder[],
    printed: Pick<PrintedText, "says"> | undefined,
  ): Promise<readonly TaskDiagnostic[]> {
    if (this.#sources.length === 0) return [];
    await this.#untilQuiet();
    const acceptsNew = this.#sources.includes(undefined);
    return vscode.languages.getDiagnostics().flatMap(([uri, list]) =>
      list
        .filter((one) => {
          if (printed?.says(one.message) === false) return false;
          if (one.source !== undefined && this.#sources.includes(one.source)) return true;
          return acceptsNew && !this.#before.has(keyOf(uri, one));
        })
        .map((one) => toTaskDiagnostic(uri, one, folders)),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #untilQuiet(): Promise<void> {
    for (let period = 0; period < MOST_QUIET_PERIODS; period++) {
      this.#changed = false;
      await delay(QUIET_MS);
      if (!this.#changed) return;
    }
  }
}

function keyOf(uri: vscode.Uri, { range, message, source, severity }: vscode.Diagnostic): string {
  return JSON.stringify([uri.toString(), range.start.line, range.start.character, message, source, severity]);
}

function toTaskDiagnostic(
  uri: vscode.Uri,
  { range, severity, message, source }: vscode.Diagnostic,
  folders: readonly WorkspaceFolder[],
): TaskDiagnostic {
  return {
    path: showPath(uri.fsPath, folders),
    line: range.start.line + 1,
    severity: SEVERITIES[severity],
    message,
    ...(source !== undefined && { source }),
  };
}
