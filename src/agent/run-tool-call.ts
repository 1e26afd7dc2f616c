import type { ToolResultBlock, ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime";
import type { Emit, FinishedToolState } from "../protocol/chat-event.ts";
import type { Gate } from "./gate.ts";
import type { AssembledToolUse } from "./message-assembler.ts";
import { type PreparedCall, type Tool, ToolError, type ToolSuccess, textResult } from "./tool.ts";
import { untilAborted } from "./until-aborted.ts";

export interface ToolCallOptions {
  readonly tools: ReadonlyMap<string, Tool>;
  readonly gate: Gate;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** A call whose input is parsed: ready for the gate, or answered already because it cannot run. */
export type ReadiedCall =
  | { readonly kind: "prepared"; readonly use: AssembledToolUse; readonly call: PreparedCall }
  | { readonly kind: "answered"; readonly use: AssembledToolUse; readonly result: ToolResultBlock };

/** Parses and prepares a call. Never throws: input that cannot be used is a result that says what is wrong. */
export async function readyToolCall(use: AssembledToolUse, options: ToolCallOptions): Promise<ReadiedCall> {
  const tool = options.tools.get(use.name);
  const title = tool?.streamingTitle ?? use.name;
  const answered = (text: string): ReadiedCall => {
    return { kind: "answered", use, result: end(use, "failed", title, errorContent(text), options) };
  };
  if (use.input.kind === "invalid") {
    options.emit({ type: "tool-input", id: use.id, input: use.input.json, title });
    return answered(`${use.input.problem} Nothing was run; send the call again with valid input.`);
  }
  const input = JSON.stringify(use.input.value, null, 2);
  if (tool === undefined) {
    options.emit({ type: "tool-input", id: use.id, input, title });
    return answered(`There is no tool "${use.name}". The tools are: ${[...options.tools.keys()].join(", ")}.`);
  }
  try {
    const call = await untilAborted(tool.prepare(use.input.value, options.signal), options.signal);
    options.emit({ type: "tool-input", id: use.id, input, title: call.title, intent: intentOf(call) });
    return { kind: "prepared", use, call };
  } catch (error) {
    options.emit({ type: "tool-input", id: use.id, input, title });
    if (options.signal.aborted) return { kind: "answered", use, result: cancelToolCall(use, title, options) };
    return answered(failureText(error));
  }
}

/** The question without its mark is what the call would do. */
function intentOf({ subject }: PreparedCall): string {
  return subject.question.replace(/\?$/, "");
}

/** Gate, then run. Never throws: whatever happens is a `toolResult`, and the turn goes on. */
export async function runToolCall(
  use: AssembledToolUse,
  call: PreparedCall,
  options: ToolCallOptions,
): Promise<ToolResultBlock> {
  const { emit, signal, now } = options;
  try {
    signal.throwIfAborted();
    const verdict = await untilAborted(options.gate.authorize(use.id, use.name, call, signal), signal);
    if (verdict.kind === "deny") return end(use, "denied", call.title, errorContent(verdict.message), options);
    const { allowedBy } = verdict;
    emit({ type: "tool-running", id: use.id, at: now(), ...(allowedBy !== undefined && { allowedBy }) });
    const success = await runWithin(call, use.id, options);
    return end(use, "succeeded", success.title, success.content, options);
  } catch (error) {
    if (signal.aborted) return cancelToolCall(use, call.title, options);
    return end(use, "failed", call.title, errorContent(failureText(error)), options);
  }
}

/** The answer to a call that the user's Stop ended. */
function cancelToolCall(use: AssembledToolUse, title: string, options: ToolCallOptions): ToolResultBlock {
  return end(use, "cancelled", title, errorContent("The user stopped the turn. This call was not completed."), options);
}

/** The answer to a call in a message that the model did not finish: its input may be cut, so it never runs. */
export function refuseToolCall(use: AssembledToolUse, stopReason: string, options: ToolCallOptions): ToolResultBlock {
  const title = options.tools.get(use.name)?.streamingTitle ?? use.name;
  const cut = stopReason === "max_tokens" ? "the output limit cut the message; ask for less in one call" : stopReason;
  return end(use, "failed", title, errorContent(`Nothing was run: the message was not finished (${cut}).`), options);
}

/** A tool that does not listen to its signal must not hold the turn: Stop and the time limit end the wait. */
async function runWithin(call: PreparedCall, id: string, options: ToolCallOptions): Promise<ToolSuccess> {
  const limit = new AbortController();
  const problem = `${call.title}: stopped, it did not end within ${call.timeoutMs / 1000} seconds.`;
  const timer = setTimeout(() => limit.abort(new ToolError(problem)), call.timeoutMs);
  const signal = AbortSignal.any([options.signal, limit.signal]);
  const output = (text: string): void => {
    if (!signal.aborted) options.emit({ type: "tool-output", id, text });
  };
  try {
    return await untilAborted(call.run({ signal, output }), signal);
  } finally {
    clearTimeout(timer);
  }
}

function end(
  use: AssembledToolUse,
  state: FinishedToolState,
  title: string,
  content: readonly ToolResultContentBlock[],
  options: ToolCallOptions,
): ToolResultBlock {
  options.emit({ type: "tool-end", id: use.id, state, title, result: resultText(content), at: options.now() });
  const status = state === "succeeded" ? "success" : "error";
  return { toolUseId: use.toolUseId, status, content: [...content] };
}

function errorContent(text: string): readonly ToolResultContentBlock[] {
  return textResult(text);
}

function failureText(error: unknown): string {
  if (error instanceof ToolError) return error.message;
  return `The tool failed: ${error instanceof Error ? error.message : String(error)}`;
}

function resultText(content: readonly ToolResultContentBlock[]): string {
  return content
    .map((block) => block.text ?? (block.json === undefined ? "" : JSON.stringify(block.json, null, 2)))
    .join("\n");
}
