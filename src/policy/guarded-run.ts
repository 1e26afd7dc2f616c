import type { ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime";
import { type PreparedCall, type ToolContext, ToolError, type ToolSuccess } from "../agent/tool.ts";
import type { OutcomeEntry } from "./audit/audit-record.ts";
import type { TurnBudget } from "./budgets/turn-budget.ts";
import { boundedText } from "./redaction/bounded-text.ts";
import { mapTexts } from "./redaction/map-texts.ts";
import type { Redactor } from "./redaction/redactor.ts";
import { createStreamRedactor } from "./redaction/stream-redactor.ts";
import type { ResultFitter } from "./result-fitter.ts";

export interface RunGuard {
  readonly redactor: Redactor;
  readonly results: ResultFitter;
  readonly allowedBy: "user" | "policy";
  /** Its clock stands while the call waits for the user. */
  readonly budget: Pick<TurnBudget, "waitForUser" | "noteAllowed">;
  /** Goes to the model behind the result. */
  readonly warning: string | undefined;
  /** The last moment before the run. Throws where the call may no longer run. */
  begin(): void;
  /** How it ended, and the bytes that the model gets. Rejects where that cannot be recorded. */
  settle(exit: OutcomeEntry["exit"], bytes: number): Promise<void>;
}

/**
 * Runs an allowed call, once: secrets are masked in its live output, its title, its result and its error, what is too
 * long for the model is cut, and its end is recorded. What cannot be masked or recorded is not handed on.
 */
export function guardedRun(call: PreparedCall, guard: RunGuard): (context: ToolContext) => Promise<ToolSuccess> {
  let hasBegun = false;
  return async (context) => {
    if (hasBegun) throw new ToolError("This call has been run already. It was not run again.");
    hasBegun = true;
    const { signal } = context;
    signal.throwIfAborted();
    guard.begin();
    let success: ToolSuccess;
    try {
      success = await runMasked(call, context, guard);
    } catch (error) {
      await guard.settle(signal.aborted ? "cancelled" : "failed", 0);
      throw error;
    }
    const bytes = sizeOf(success.content);
    await guard.settle(success.exitCode ?? "succeeded", bytes).catch((error: unknown) => {
      throw new ToolError(`The call ran to its end, but that could not be recorded. ${messageOf(error)}`);
    });
    return success;
  };
}

/** Text as JSON, images and documents as they are. */
function sizeOf(content: readonly ToolResultContentBlock[]): number {
  let media = 0;
  const text = JSON.stringify(content, (_key, member: unknown) => {
    if (!(member instanceof Uint8Array)) return member;
    media += member.length;
    return undefined;
  });
  return media + Buffer.byteLength(text);
}

async function runMasked(
  call: PreparedCall,
  { signal, output, stillRunning }: ToolContext,
  { redactor, results, allowedBy, warning, budget }: RunGuard,
): Promise<ToolSuccess> {
  const answered = call.waitsForUser ? budget.waitForUser() : undefined;
  const live = createStreamRedactor(redactor);
  const show = (text: string): void => {
    if (text !== "") output(text);
  };
  let result: ToolSuccess;
  try {
    const lasting = stillRunning === undefined ? {} : { stillRunning };
    result = await call.run({ signal, allowedBy, output: (text) => show(live.push(text)), ...lasting });
    if (call.waitsForUser) budget.noteAllowed("user");
  } catch (error) {
    show(live.finish());
    throw await maskError(error, redactor, results);
  } finally {
    answered?.();
  }
  show(live.finish());
  const masked = result.content.map((block) => maskBlock(block, redactor));
  const content = await results.fit(masked, result.whenCut);
  return {
    content: warning === undefined ? content : [...content, { text: warning }],
    title: redactor.redact(result.title),
    ...(result.exitCode !== undefined && { exitCode: result.exitCode }),
    ...(result.warning && { warning: result.warning }),
  };
}

function maskBlock(block: ToolResultContentBlock, redactor: Redactor): ToolResultContentBlock {
  if (block.text !== undefined) return { text: redactor.redact(boundedText(block.text)) };
  if (block.json !== undefined) return { json: mapTexts(block.json, (text) => redactor.redact(text)) };
  return block;
}

/** The error as it is where it holds no secret and is short; else one of the same kind, expected or not, with the text that may be told. */
async function maskError(error: unknown, redactor: Redactor, results: ResultFitter): Promise<unknown> {
  const message = messageOf(error);
  const told = await results.fitError(redactor.redact(boundedText(message)));
  if (told === message) return error;
  return error instanceof ToolError ? new ToolError(told) : new Error(told);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
