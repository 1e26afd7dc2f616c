import { createInterface } from "node:readline/promises";
import { makeVisible } from "../policy/display/make-visible.ts";
import type { ApprovalDecision, ApprovalRequest } from "../protocol/approval.ts";
import type { ApprovalMode } from "./arguments.ts";

/**
 * Answers an approval as the command line says. `all` allows what VS Code asks in a dialog, too: who calls the program
 * said so. `ask` needs a terminal and skips without one. No answer makes a rule.
 */
export async function decideApproval(
  mode: ApprovalMode,
  request: ApprovalRequest,
  signal: AbortSignal,
): Promise<ApprovalDecision> {
  switch (mode) {
    case "all":
      return { kind: "allow" };
    case "none":
      return { kind: "skip", feedback: "This run allows no calls with an effect (--approve none)." };
    case "ask":
      return askOnTerminal(request, signal);
  }
}

async function askOnTerminal(request: ApprovalRequest, signal: AbortSignal): Promise<ApprovalDecision> {
  if (!process.stdin.isTTY) return { kind: "skip", feedback: "There is no terminal to ask on." };
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${questionText(request)} Allow? [y/N] `, { signal });
    if (/^y(es)?$/i.test(answer.trim())) return { kind: "allow" };
    return { kind: "skip", feedback: answer.trim().replace(/^no?$/i, "") };
  } finally {
    terminal.close();
  }
}

/** The whole question as plain text: nothing of it moves the cursor or hides, and lines of a value stand below its label. */
export function questionText({ title, details, labels, warnings, reason }: ApprovalRequest): string {
  const lines = [
    title,
    ...labels.map((label) => `  ! ${label}`),
    ...warnings.map((warning) => `  ! ${warning}`),
    ...details.map(({ label, value }) =>
      value.includes("\n") ? `  ${label}:\n${value.replace(/^/gm, "    ")}` : `  ${label}: ${value}`,
    ),
    reason,
  ];
  return lines.map(makeVisible).join("\n");
}
