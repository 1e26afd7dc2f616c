import type { Message, SystemContentBlock, ToolConfiguration, ToolResultBlock } from "@aws-sdk/client-bedrock-runtime";
import type { Emit, TurnOutcome } from "../protocol/chat-event.ts";
import type { Gate } from "./gate.ts";
import { type History, toConverse } from "./history.ts";
import type { AssembledToolUse } from "./message-assembler.ts";
import { isModelError, type Model } from "./model.ts";
import { type RetryLimits, runStep, type Timing } from "./run-step.ts";
import { type ReadiedCall, readyToolCall, refuseToolCall, runToolCall, type ToolCallOptions } from "./run-tool-call.ts";
import { BrokenStream, type StreamedMessage } from "./stream-message.ts";
import type { Tool } from "./tool.ts";

export interface TurnOptions {
  /** Ends with the user's message, or with the results that the model has not seen yet. */
  readonly history: History;
  readonly model: Model;
  readonly tools: readonly Tool[];
  readonly gate: Gate;
  readonly system: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly uniqueId: (toolUseId: string) => string;
  /** Model calls after which the user is asked. */
  readonly maxSteps: number;
  readonly firstStep: number;
  readonly firstAttempt: number;
  readonly limits: RetryLimits;
  readonly timing: Timing;
}

/**
 * Runs steps until the model stops asking for tools. The history that remains is one that Converse accepts, whatever
 * happened: an assistant message is appended before its results, and all its calls are answered in one user message.
 * Never throws for what the network, the model or a tool did; a bug in our own code surfaces once, with its cause.
 */
export async function runTurn(options: TurnOptions): Promise<TurnOutcome> {
  const tools = new Map(options.tools.map((tool) => [tool.name, tool]));
  for (let count = 0; count < options.maxSteps; count++) {
    const step = options.firstStep + count;
    let streamed: StreamedMessage;
    try {
      streamed = await runStep(stepOptions(options, tools, step, count === 0 ? options.firstAttempt : 1));
    } catch (error) {
      return endBroken(error, options);
    }
    const { message, toolUses, stopReason, usage } = streamed;
    if (message.content?.length) options.history.append(message);
    options.emit({ type: "step-end", stopReason, usage, at: options.timing.now() });
    if (toolUses.length > 0) {
      const calls = { tools, gate: options.gate, emit: options.emit, signal: options.signal, now: options.timing.now };
      const results = await answerAll(toolUses, stopReason, calls);
      options.history.append({ role: "user", content: results.map((toolResult) => ({ toolResult })) });
      if (options.signal.aborted) return { kind: "cancelled" };
    }
    const outcome = outcomeOf(stopReason, toolUses.length > 0);
    if (outcome !== undefined) return outcome;
  }
  return { kind: "step-limit", steps: options.maxSteps };
}

function stepOptions(options: TurnOptions, tools: ReadonlyMap<string, Tool>, step: number, firstAttempt: number) {
  return {
    ...options,
    step,
    firstAttempt,
    request: {
      messages: toConverse(options.history.messages),
      system: [{ text: options.system }] satisfies SystemContentBlock[],
      ...(tools.size > 0 && { toolConfig: toToolConfig(options.tools) }),
    },
    streamingTitle: (name: string) => tools.get(name)?.streamingTitle ?? name,
  };
}

function toToolConfig(tools: readonly Tool[]): ToolConfiguration {
  return {
    tools: tools.map(({ name, description, inputSchema }) => ({
      toolSpec: { name, description, inputSchema: { json: inputSchema } },
    })),
  };
}

/** The outcome that a stop reason gives, or undefined to go on with the next step. */
function outcomeOf(stopReason: string, calledTools: boolean): TurnOutcome | undefined {
  switch (stopReason) {
    case "max_tokens":
      return { kind: "max-tokens" };
    case "guardrail_intervened":
    case "content_filtered":
    case "malformed_tool_use":
    case "malformed_model_output":
    case "model_context_window_exceeded":
      return { kind: "stopped", stopReason };
    case "tool_use":
      return calledTools ? undefined : { kind: "stopped", stopReason: "tool_use without a tool call" };
  }
  return calledTools ? undefined : { kind: "completed" };
}

const unfinished: ReadonlySet<string> = new Set([
  "max_tokens",
  "guardrail_intervened",
  "content_filtered",
  "malformed_tool_use",
  "malformed_model_output",
  "model_context_window_exceeded",
]);

/**
 * Calls that only read run side by side. What has an effect runs alone, in the model's order, after the reads before
 * it and before the reads behind it. Calls of a message that the model did not finish are answered, not run.
 */
async function answerAll(
  uses: readonly AssembledToolUse[],
  stopReason: string,
  options: ToolCallOptions,
): Promise<readonly ToolResultBlock[]> {
  if (unfinished.has(stopReason)) return uses.map((use) => refuseToolCall(use, stopReason, options));
  const readied = await Promise.all(uses.map((use) => readyToolCall(use, options)));
  const results: Promise<ToolResultBlock>[] = [];
  for (const entry of readied) {
    if (hasEffect(entry)) await Promise.all(results);
    const result = runReadied(entry, options);
    results.push(result);
    if (hasEffect(entry)) await result;
  }
  return Promise.all(results);
}

function hasEffect(entry: ReadiedCall): boolean {
  return entry.kind === "prepared" && entry.call.effect !== "read";
}

async function runReadied(entry: ReadiedCall, options: ToolCallOptions): Promise<ToolResultBlock> {
  return entry.kind === "answered" ? entry.result : runToolCall(entry.use, entry.call, options);
}

function endBroken(error: unknown, options: TurnOptions): TurnOutcome {
  if (!(error instanceof BrokenStream)) throw error;
  const kept: Message | undefined = error.kept;
  if (options.signal.aborted) {
    if (kept !== undefined) options.history.append(kept);
    return { kind: "cancelled" };
  }
  if (isModelError(error.cause)) return { kind: "failed", error: error.cause.error };
  throw error.cause;
}
