import { type ToolSuccess, textResult } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import { sliceText } from "./slice-text.ts";
import type { TaskDiagnostic, TaskEnding, TaskResult } from "./task-runner.ts";

const MOST_DIAGNOSTICS = 50;
const LONGEST_MESSAGE = 300;

/** How the wait for a task ended. */
export type TaskOutcome =
  | { readonly kind: "finished"; readonly result: TaskResult }
  /** A background task that was left running; `end` says what will end it. */
  | {
      readonly kind: "running";
      readonly end: string;
      readonly id: string;
      readonly diagnostics: readonly TaskDiagnostic[];
      /** Whether it has told that its first round is done; absent where it cannot tell. */
      readonly isReady?: boolean;
    }
  /** The user lets it go on and wants the output so far to be used. */
  | { readonly kind: "left"; readonly id: string }
  /** The user ended it. */
  | { readonly kind: "stopped" }
  /** The task was ended because it took too long. */
  | { readonly kind: "timedOut"; readonly minutes: number };

/** The result of a run as the model reads it: how it ended, what it printed, what its problem matchers found. */
export function describeRun(label: string, outcome: TaskOutcome, output: string): ToolSuccess {
  const { headline, ...ended } = describeOutcome(label, outcome);
  const seen = outcome.kind !== "finished" || outcome.result.outputSeen;
  const diagnostics = describeDiagnostics(diagnosticsOf(outcome));
  const printed = output.trim() === "" ? "(it printed nothing)" : output.trimEnd();
  const body = seen ? printed : "(The editor gave no access to the task's output; its terminal shows it to the user.)";
  return { content: textResult(`${headline}\n${body}${diagnostics}`), ...ended };
}

function diagnosticsOf(outcome: TaskOutcome): readonly TaskDiagnostic[] {
  if (outcome.kind === "finished") return outcome.result.diagnostics;
  return outcome.kind === "running" ? outcome.diagnostics : [];
}

function readiness(isReady: boolean | undefined): string {
  if (isReady === undefined) return "";
  return isReady ? ", its first round is done" : ", its first round is not done yet";
}

type RunReport = Omit<ToolSuccess, "content"> & { readonly headline: string };

function describeOutcome(label: string, outcome: TaskOutcome): RunReport {
  switch (outcome.kind) {
    case "finished":
      return describeEnding(label, outcome.result.ending);
    case "running":
      return {
        headline: `Task "${label}" is a background task and goes on running${readiness(outcome.isReady)}; ${outcome.end}. Read on with get_output (id: ${outcome.id}). Its output so far:`,
        title: t('Started task "{0}", it goes on running', label),
      };
    case "left":
      return {
        headline: `Task "${label}" goes on running until it ends or this chat does; read on with get_output (id: ${outcome.id}). Its output so far:`,
        title: t('Started task "{0}", it goes on running', label),
      };
    case "stopped":
      return {
        headline: `The user ended task "${label}" while it ran. Its output until then:`,
        title: t('Ran task "{0}", ended by you', label),
      };
    case "timedOut":
      return {
        headline: `Task "${label}" did not finish within ${outcome.minutes} minutes and was ended. Its output until then:`,
        title: t('Ran task "{0}", ended after {1} minutes', label, outcome.minutes),
        warning: true,
      };
  }
}

/** How it ended, in one line. */
export function headlineOf(label: string, ending: TaskEnding): string {
  return describeEnding(label, ending).headline;
}

function describeEnding(label: string, ending: TaskEnding): RunReport {
  switch (ending.kind) {
    case "exited":
      return {
        headline: `Task "${label}" finished with exit code ${ending.exitCode}`,
        title: t('Ran task "{0}", exit code {1}', label, ending.exitCode),
        exitCode: ending.exitCode,
        ...(ending.exitCode !== 0 && { warning: true }),
      };
    case "ended":
      return { headline: `Task "${label}" finished; its exit code is not known`, title: t('Ran task "{0}"', label) };
    case "dependencyFailed":
      return {
        headline: `Task "${label}" did not run: "${ending.label}", which it depends on, finished with exit code ${ending.exitCode}`,
        title: t('Ran task "{0}", stopped at "{1}" with exit code {2}', label, ending.label, ending.exitCode),
        warning: true,
      };
  }
}

function describeDiagnostics(diagnostics: readonly TaskDiagnostic[]): string {
  if (diagnostics.length === 0) return "";
  const lines = diagnostics.slice(0, MOST_DIAGNOSTICS).map(({ path, line, severity, message, source }) => {
    const from = source === undefined ? "" : ` (${source})`;
    return `${path}:${line}: ${severity}: ${sliceText(message, 0, LONGEST_MESSAGE)}${from}`;
  });
  const left = diagnostics.length - lines.length;
  const rest = left > 0 ? [`(${left} more)`] : [];
  return `\n\nProblems that the task reported (${diagnostics.length}):\n${[...lines, ...rest].join("\n")}`;
}
