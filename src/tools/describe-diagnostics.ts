import { extname } from "node:path";
import { type ToolSuccess, textResult } from "../agent/tool.ts";
import { plural, t } from "../protocol/localize.ts";
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
  /** The same for the user. */
  readonly shown: string;
  readonly severity: Severity;
  readonly folders: readonly WorkspaceFolder[];
}

/** The result as the model reads it: counts by severity, then a line each, the most severe first. */
export function describeDiagnostics(scope: DiagnosticsScope): ToolSuccess {
  const { diagnostics, where, shown, folders } = scope;
  const title = t("Got problems of {0}", shown);
  const note = noteOf(scope);
  if (diagnostics.length === 0) {
    return {
      content: textResult(`0 problems in ${where}${note === "" ? "" : ` (${note})`}`),
      title: t("{0}, 0 problems", title),
    };
  }
  const sorted = diagnostics
    .map((one) => ({ ...one, path: showPath(one.path, folders) }))
    .toSorted((one, other) => rank(one) - rank(other) || comparePlaces(one, other));
  const counts = countsOf(diagnostics);
  const header = `${countOf(diagnostics.length, "problem")} in ${where}: ${counts}`;
  return {
    content: textResult(`${header}${note === "" ? "" : ` (${note})`}\n\n${sorted.map(lineOf).join("\n")}`),
    title: t("{0}, {1}", title, shownCounts(diagnostics)),
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

/** As `countsOf`, for the user. */
function shownCounts(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity): number => diagnostics.filter((one) => one.severity === severity).length;
  const words: Readonly<Record<Severity, () => string>> = {
    error: () => plural(count("error"), "{0} error", "{0} errors"),
    warning: () => plural(count("warning"), "{0} warning", "{0} warnings"),
    information: () => t("{0} information", count("information")),
    hint: () => plural(count("hint"), "{0} hint", "{0} hints"),
  };
  return SEVERITIES.flatMap((severity) => (count(severity) > 0 ? [words[severity]()] : [])).join(", ");
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
