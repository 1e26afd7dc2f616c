import type { ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime";
import type { GuardrailReport } from "../protocol/guardrail.ts";
import type { Gate } from "./gate.ts";
import { ToolError, type ToolSuccess } from "./tool.ts";

/** What a guardrail says of a text. */
export type TextVerdict =
  | { readonly kind: "passed" }
  /** Parts of it are replaced. */
  | { readonly kind: "masked"; readonly text: string }
  | { readonly kind: "blocked"; readonly report: GuardrailReport | undefined };

export interface ResultGuard {
  /** Rejects where the guardrail could not be asked. */
  judge(text: string, signal: AbortSignal): Promise<TextVerdict>;
  /** Tells the user something that is no question. */
  notify(text: string): void;
}

/**
 * A gate behind which a guardrail judges the text of each result before the model reads it. What it blocks is withheld,
 * and so is what it could not judge: a guardrail that cannot be reached must not let through what it is there to stop.
 */
export function guardedGate(gate: Gate, guard: ResultGuard): Gate {
  return {
    beginTurn: (turnId) => gate.beginTurn(turnId),
    lift: (pause) => gate.lift(pause),
    refused: (call, message) => gate.refused(call, message),
    authorize: async (call, signal) => {
      const verdict = await gate.authorize(call, signal);
      if (verdict.kind !== "allow") return verdict;
      return { ...verdict, run: (context) => judged(() => verdict.run(context), call.tool, guard, context.signal) };
    },
  };
}

/** A failure's text comes from outside as well: a task's output, for one. */
async function judged(
  run: () => Promise<ToolSuccess>,
  tool: string,
  guard: ResultGuard,
  signal: AbortSignal,
): Promise<ToolSuccess> {
  let success: ToolSuccess;
  try {
    success = await run();
  } catch (error) {
    if (!(error instanceof ToolError) || signal.aborted) throw error;
    throw new ToolError(await judgedText(error.message, tool, guard, signal));
  }
  const content: ToolResultContentBlock[] = [];
  for (const block of success.content) {
    const text = block.text ?? (block.json === undefined ? undefined : JSON.stringify(block.json));
    if (text === undefined) content.push(block);
    else {
      const left = await judgedText(text, tool, guard, signal);
      content.push(left === text ? block : { text: left });
    }
  }
  return { ...success, content };
}

async function judgedText(text: string, tool: string, guard: ResultGuard, signal: AbortSignal): Promise<string> {
  if (text.trim() === "") return text;
  const verdict = await guard.judge(text, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    return error instanceof Error ? error : new Error(String(error));
  });
  if (verdict instanceof Error) {
    guard.notify(`The guardrail could not judge a result of ${tool}, so the model does not get it: ${verdict.message}`);
    return "This result was withheld: the guardrail of the account could not judge it. Go on without it.";
  }
  switch (verdict.kind) {
    case "passed":
      return text;
    case "masked":
      guard.notify(`The guardrail masked parts of a result of ${tool}.`);
      return verdict.text;
    case "blocked":
      guard.notify(`The guardrail blocked a result of ${tool}, so the model does not get it: ${findingsOf(verdict)}.`);
      return "This result was withheld: a guardrail of the account blocked it. Go on without it.";
  }
}

/** Which policy, and which text where it looks for texts. */
function findingsOf({ report }: Extract<TextVerdict, { kind: "blocked" }>): string {
  const found = (report?.findings ?? []).map(({ policy, name, match }) =>
    match === undefined || match === name ? `${policy} policy "${name}"` : `${policy} policy "${name}" at "${match}"`,
  );
  return found.length === 0 ? "it names no policy" : [...new Set(found)].slice(0, 5).join(", ");
}
