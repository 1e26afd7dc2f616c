import { extname } from "node:path";
import { type ToolSuccess, textResult } from "../agent/tool.ts";
import { type Diagnostic, type FileDiagnostics, SEVERITIES, type Severity } from "./diagnostics.ts";
import { showPath } from "./resolve-path.ts";
import { sliceText } from "./slice-text.ts";
import type { WorkspaceFolder } from "./workspace.ts";

const LONGEST_MESSAGE = 500;

export interface DiagnosticsScope {
  readonly diagnostics: readonly Diagnostic[];
  /** `open files`: only what the editor has looked at is known. */
  readonly certainty: FileDiagnostics["certainty"] | "open files";
  /** A path as shown, or the workspace. */
  readonly where: string;
  readonly severity: Severity;
  readonly folders: readonly WorkspaceFolder[];
}

/** The result as the model reads it: counts by severity, then a line each, the most severe first. */
export function describeDiagnostics(scope: DiagnosticsScope): ToolSuccess {
  const { diagnostics, where, folders } = scope;
  const title = `Got problems of ${where}`;
  const note = noteOf(scope);
  if (diagnostics.length === 0) {
    return {
      content: textResult(`0 problems in ${where}${note === "" ? "" : ` (${note})`}`),
      title: `${title}, 0 problems`,
    };
  }
  const sorted = diagnostics
    .map((one) => ({ ...one, path: showPath(one.path, folders) }))
    .toSorted((one, other) => rank(one) - rank(other) || comparePlaces(one, other));
  const counts = countsOf(diagnostics);
  const header = `${countOf(diagnostics.length, "problem")} in ${where}: ${counts}`;
  return {
    content: textResult(`${header}${note === "" ? "" : ` (${note})`}\n\n${sorted.map(lineOf).join("\n")}`),
    title: `${title}, ${counts}`,
    whenCut: "With a path or a severity there are fewer.",
  };
}

function noteOf({ certainty, where, severity }: DiagnosticsScope): string {
  const less = severity === "hint" ? [] : [`nothing below ${severity} is listed`];
  switch (certainty) {
    case "reported":
      return less.join("; ");
    case "unknown":
      return [...less, "no extension has reported on the file; some look only at files that are open in a tab"].join(
        "; ",
      );
    case "unanswered":
      return [...less, `no language extension looks at ${extname(where) || "such"} files`].join("; ");
    case "open files":
      return [...less, "many extensions report only files that are open; name a file to have it looked at"].join("; ");
  }
}

function lineOf({ path, line, column, severity, message, source, code }: Diagnostic): string {
  const from = [source, code].filter((part) => part !== undefined).join(" ");
  const text = sliceText(message.replace(/\s*[\r\n]+\s*/gu, " "), 0, LONGEST_MESSAGE);
  return `${path}:${line}:${column}: ${severity}: ${text}${from === "" ? "" : ` (${from})`}`;
}

function countsOf(diagnostics: readonly Diagnostic[]): string {
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: diagnostics.filter((one) => one.severity === severity).length,
  }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => (severity === "information" ? `${count} information` : countOf(count, severity)))
    .join(", ");
}

function rank({ severity }: Diagnostic): number {
  return SEVERITIES.indexOf(severity);
}

function comparePlaces(one: Diagnostic, other: Diagnostic): number {
  if (one.path !== other.path) return one.path < other.path ? -1 : 1;
  return one.line - other.line || one.column - other.column;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
