import type { ToolSuccess } from "../agent/tool.ts";
import { plural, t } from "../protocol/localize.ts";
import { sliceText } from "./slice-text.ts";
import type { FileSnapshot } from "./text-files.ts";

const MOST_PROBLEMS = 20;
const LONGEST_MESSAGE = 300;

/** An error or a warning that an editor reports in a file. */
export interface FileProblem {
  readonly severity: "error" | "warning";
  /** 1-based. */
  readonly line: number;
  readonly message: string;
  /** Who reports it, with its code: `ts 2322`. */
  readonly source?: string;
}

/** What an editor says of a file when it changes. */
export interface ChangeDiagnostics {
  /**
   * Makes a change of a file, gives the editor a moment to look at it, and tells the problems that were not there before.
   * Throws what the change throws, and the signal's reason before it; once the file is changed, whatever goes wrong, or is
   * stopped, brings no problems.
   */
  around<Result>(
    file: Pick<FileSnapshot, "path" | "canonical">,
    change: () => Promise<Result>,
    signal: AbortSignal,
  ): Promise<ChangedFile<Result>>;
}

export interface ChangedFile<Result> {
  readonly result: Result;
  readonly problems: readonly FileProblem[];
}

/** The result of a change with the problems that it brought, if any. */
export function withProblems(success: ToolSuccess, problems: readonly FileProblem[], shown: string): ToolSuccess {
  if (problems.length === 0) return success;
  const lines = problems.toSorted((a, b) => a.line - b.line).slice(0, MOST_PROBLEMS);
  const left = problems.length - lines.length;
  const text = [
    `New problems in ${shown} after this change:`,
    ...lines.map(describeProblem),
    ...(left > 0 ? [`- and ${left} more`] : []),
  ].join("\n");
  const count = plural(problems.length, "{0} new problem", "{0} new problems");
  return { ...success, content: [...success.content, { text }], title: t("{0}, {1}", success.title, count) };
}

function describeProblem({ severity, line, message, source }: FileProblem): string {
  const plain = message.replace(/\s+/g, " ").trim();
  const short = plain.length > LONGEST_MESSAGE ? `${sliceText(plain, 0, LONGEST_MESSAGE)}…` : plain;
  return `- line ${line}, ${severity}: ${short}${source === undefined ? "" : ` (${source})`}`;
}
