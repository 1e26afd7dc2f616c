import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Emit, TurnOutcome } from "../protocol/chat-event.ts";
import { answerCalls, type OpenCall } from "./answer-calls.ts";
import type { Gate } from "./gate.ts";
import type { History } from "./history.ts";
import { repairRequest } from "./malformed-answer.ts";
import { isModelError, type Model, type ModelError } from "./model.ts";
import type { RequestPace } from "./request-pace.ts";
import { RetryBudget } from "./retry-budget.ts";
import { type Attempt, type RetryLimits, runStep, type StepOptions, type Timing } from "./run-step.ts";
import { refuseToolCall } from "./run-tool-call.ts";
import { BrokenStream, type StreamedMessage } from "./stream-message.ts";
import { toModelRequest } from "./to-converse/to-model-request.ts";
import type { Tool } from "./tool.ts";

/** Who answers the next attempt. Asked again for each, since the user may switch while one waits. */
export interface Answerer {
  readonly model: Model;
  readonly pace: RequestPace;
}

export interface TurnOptions {
  /** Ends with the user's message, or with the results that the model has not seen yet. */
  readonly history: History;
  /** Calls that the history ends with and that nothing has answered yet. */
  readonly openCalls: readonly OpenCall[];
  /** Throws a `ModelError`. */
  readonly answerer: () => Promise<Answerer>;
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
  /** The text of an earlier, failed run of the first step that is still on the screen. */
  readonly shown: Message | undefined;
  readonly limits: RetryLimits;
  readonly timing: Timing;
  /** Makes a conversation that is too long shorter; false where it may not, or nothing is left to leave out. */
  readonly makeRoom: () => Promise<boolean>;
}

/** Automatic retries of a whole turn, whatever its steps; and for how long after the first failure. */
const mostRetriesPerTurn = 8;
const retryForMs = 300_000;

/**
 * Runs steps until the model stops asking for tools. The history that remains is one that Converse accepts, whatever
 * happened: an assistant message is appended before its results, and all its calls are answered in one user message.
 * Never throws for what the network, the model or a tool did; a bug in our own code surfaces once, with its cause.
 */
export async function runTurn(options: TurnOptions): Promise<TurnOutcome> {
  const tools = new Map(options.tools.map((tool) => [tool.name, tool]));
  const calls = { tools, gate: options.gate, emit: options.emit, signal: options.signal, now: options.timing.now };
  if (options.openCalls.length > 0) {
    const results = await answerCalls(options.openCalls, calls);
    options.history.append({ role: "user", content: results.map((toolResult) => ({ toolResult })) });
    if (options.signal.aborted) return { kind: "cancelled" };
  }
  const budget = new RetryBudget(Math.max(mostRetriesPerTurn, options.limits.retries), retryForMs);
  for (let count = 0; count < options.maxSteps; count++) {
    const step = options.firstStep + count;
    const { firstAttempt, shown } = count === 0 ? options : { firstAttempt: 1, shown: undefined };
    let streamed: StreamedMessage;
    try {
      streamed = await runStepInRoom({
        ...options,
        step,
        firstAttempt,
        shown,
        budget,
        attempt: (failure) => prepareAttempt(failure, options),
        streamingTitle: (name) => tools.get(name)?.streamingTitle ?? name,
      });
    } catch (error) {
      return endBroken(error, options);
    }
    const { message, toolUses, stopReason, usage } = streamed;
    if (message.content?.length) options.history.append(message);
    options.emit({ type: "step-end", stopReason, usage, at: options.timing.now() });
    if (toolUses.length > 0) {
      const results = unfinished.has(stopReason)
        ? toolUses.map((use) => refuseToolCall(use, stopReason, calls))
        : await answerCalls(
            toolUses.map((use) => ({ kind: "open", use })),
            calls,
          );
      options.history.append({ role: "user", content: results.map((toolResult) => ({ toolResult })) });
      if (options.signal.aborted) return { kind: "cancelled" };
    }
    const outcome = outcomeOf(stopReason, toolUses.length > 0);
    if (outcome !== undefined) return outcome;
  }
  return { kind: "step-limit", steps: options.maxSteps };
}

/** Most times that one step may make the conversation shorter: old results, then summaries. */
const mostCompactions = 3;

/** A step whose request or answer is too long for the model is tried again in a shorter conversation. */
async function runStepInRoom(options: StepOptions & Pick<TurnOptions, "makeRoom">): Promise<StreamedMessage> {
  let { shown } = options;
  for (let round = 0; ; round++) {
    const mayCompact = round < mostCompactions;
    try {
      const streamed = await runStep({ ...options, shown, firstAttempt: options.firstAttempt + round });
      shown = undefined;
      const overflowed = streamed.stopReason === "model_context_window_exceeded";
      if (!overflowed || !mayCompact || !(await options.makeRoom())) return streamed;
    } catch (error) {
      if (!isOverflow(error) || !mayCompact || !(await options.makeRoom())) throw error;
      shown = error.kept;
    }
  }
}

function isOverflow(error: unknown): error is BrokenStream {
  return error instanceof BrokenStream && isModelError(error.cause) && error.cause.kind === "context_overflow";
}

async function prepareAttempt(failure: ModelError | undefined, options: TurnOptions): Promise<Attempt> {
  const { model, pace } = await options.answerer();
  const again = failure?.kind === "malformed_tool_use";
  const { messages } = options.history;
  // The history itself does not learn of the repair that this attempt asks for.
  const history = again ? [...messages, repairRequest] : messages;
  return { model, pace, request: toModelRequest({ ...options, history }, model.capabilities) };
}

/** The outcome that a stop reason gives, or undefined to go on with the next step. */
function outcomeOf(stopReason: string, calledTools: boolean): TurnOutcome | undefined {
  switch (stopReason) {
    case "max_tokens":
      return { kind: "max-tokens" };
    case "guardrail_intervened":
    case "content_filtered":
    case "model_context_window_exceeded":
      return { kind: "stopped", stopReason };
  }
  return calledTools ? undefined : { kind: "completed" };
}

/** Calls of a message that the model did not finish are answered, not run. */
const unfinished: ReadonlySet<string> = new Set([
  "max_tokens",
  "guardrail_intervened",
  "content_filtered",
  "model_context_window_exceeded",
]);

function endBroken(error: unknown, options: TurnOptions): TurnOutcome {
  if (!(error instanceof BrokenStream)) throw error;
  const kept: Message | undefined = error.kept;
  if (options.signal.aborted) {
    if (kept !== undefined) options.history.append(kept);
    return { kind: "cancelled" };
  }
  if (isModelError(error.cause))
    return { kind: "failed", error: error.tell(error.cause.error), cutOff: error.shown > 0 };
  throw error.cause;
}
