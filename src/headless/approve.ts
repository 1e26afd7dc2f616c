import { createInterface } from "node:readline/promises";
import type { ApprovalDecision, ApprovalRequest } from "../protocol/approval.ts";
import type { ApprovalMode } from "./arguments.ts";

/** Answers an approval as the command line says; `ask` needs a terminal and skips without one. */
export async function decideApproval(
  mode: ApprovalMode,
  request: ApprovalRequest,
  signal: AbortSignal,
): Promise<ApprovalDecision> {
  switch (mode) {
    case "all":
      return { kind: "allow", scope: "once" };
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
    const details = request.details.map(({ label, value }) => `  ${label}: ${value}`).join("\n");
    const answer = await terminal.question(`${request.title}\n${details}\n${request.reason} Allow? [y/N] `, { signal });
    if (/^y(es)?$/i.test(answer.trim())) return { kind: "allow", scope: "once" };
    return { kind: "skip", feedback: answer.trim().replace(/^no?$/i, "") };
  } finally {
    terminal.close();
  }
}
