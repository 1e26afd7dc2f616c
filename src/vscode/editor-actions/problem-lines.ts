import type * as vscode from "vscode";
import { makeVisibleLine } from "../../policy/display/make-visible.ts";

const mostProblems = 20;
const longestMessage = 1_000;
const severities = ["error", "warning", "information", "hint"];

/** What is wrong, a line each, the worst first; empty where nothing is. */
export function listProblems(problems: readonly vscode.Diagnostic[]): string {
  const sorted = problems.toSorted((one, other) => one.severity - other.severity);
  const lines = sorted.slice(0, mostProblems).map(describeProblem);
  const more = problems.length - mostProblems;
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}

function describeProblem({ severity, source, code, message, range }: vscode.Diagnostic): string {
  const number = typeof code === "object" ? code.value : code;
  const origin = [source, number].filter((part) => part !== undefined && part !== "").join(" ");
  const from = origin === "" ? "" : ` (${makeVisibleLine(origin)})`;
  const text = message.replace(/\s+/gu, " ").trim().slice(0, longestMessage);
  return `- line ${range.start.line + 1}, ${severities[severity] ?? "problem"}${from}: ${makeVisibleLine(text)}`;
}
