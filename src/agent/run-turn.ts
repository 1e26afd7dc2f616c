import type { ContentBlock, Message, ToolResultBlock } from "@aws-sdk/client-bedrock-runtime";
import type { Emit, TurnOutcome } from "../protocol/chat-event.ts";
import type { GuardrailReport } from "../protocol/guardrail.ts";
import type { TurnPause } from "../protocol/turn-pause.ts";
import { answerCalls, type OpenCall } from "./answer-calls.ts";
import type { AnswererFacts } from "./answerer-facts.ts";
import type { Gate } from "./gate.ts";
import { readIntervention } from "./guardrail-intervention.ts";
import type { History } from "./history.ts";
import { inputProblems } from "./input-problems.ts";
import { repairRequest } from "./malformed-answer.ts";
import { type CallRecord, isModelError, type Model } from "./model.ts";
import type { OnOddities } from "./oddities.ts";
import { PausedTurn } from "./paused-turn.ts";
import type { RequestPace } from "./request-pace.ts";
import { RetryBudget } from "./retry-budget.ts";
import { type Mending, runMendedStep } from "./run-mended-step.ts";
import type { Attempt } from "./run-step.ts";
import { type AskStillRunning, refuseToolCall, type ToolCallOptions } from "./run-tool-call.ts";
import type { RetryLimits } from "./step-retries.ts";
import { BrokenStream, type StreamedMessage } from "./stream-message.ts";
import type { Timing } from "./timing.ts";
import { toModelRequest } from "./to-converse/to-model-request.ts";
import type { Tool } from "./tool.ts";

/** Who answers the next attempt. Asked again for each, since the user may switch while one waits. */
export interface Answerer {
  readonly model: Model;
  readonly pace: RequestPace;
  /** What is asked of them, where that is known. */
  readonly facts?: AnswererFacts;
}

export interface TurnOptions extends Mending {
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
  readonly onOddities?: OnOddities;
  readonly stillRunning?: AskStillRunning;
  /** What the user says in the middle of the turn; it goes behind the results of calls, where Converse takes text. */
  readonly steer?: () => readonly ContentBlock[];
  /** Told of every failed call, retried or not. */
  readonly onFailure?: (record: CallRecord) => void;
}

/**
 * Runs steps until the model stops asking for tools. The history that remains is one that Converse accepts, whatever
 * happened: an assistant message is appended before its results, and all its calls are answered in one user message.
 * Never throws for what the network, the model or a tool did; a bug in our own code surfaces once, with its cause.
 */
export async function runTurn(options: TurnOptions): Promise<TurnOutcome> {
  const tools = new Map(options.tools.map((tool) => [tool.name, tool]));
  let pause: TurnPause | undefined;
  const { gate, emit, signal, timing } = options;
  const onPause = (reason: TurnPause): void => {
    pause ??= reason;
  };
  const { stillRunning } = options;
  const asking = stillRunning === undefined ? {} : { stillRunning };
  const calls = { tools, gate, emit, signal, now: timing.now, onPause, ...asking };
  if (options.openCalls.length > 0) {
    const results = await answerCalls(options.openCalls, calls);
    options.history.append(toResults(results, signal.aborted || pause !== undefined ? undefined : options.steer));
    if (signal.aborted) return { kind: "cancelled" };
    if (pause !== undefined) return { kind: "paused", pause };
  }
  const budget = RetryBudget.for(options.limits);
  for (let count = 0; count < options.maxSteps; count++) {
    const step = options.firstStep + count;
    const { firstAttempt, shown } = count === 0 ? options : { firstAttempt: 1, shown: undefined };
    let streamed: StreamedMessage;
    try {
      streamed = await runMendedStep({
        ...options,
        step,
        firstAttempt,
        shown,
        budget,
        attempt: (problem) => prepareAttempt(problem, options),
        inputProblems: (uses) => inputProblems(uses, tools, signal),
        streamingTitle: (name) => tools.get(name)?.streamingTitle ?? name,
      });
    } catch (error) {
      return endBroken(error, options);
    }
    const steer = () => (pause === undefined ? (options.steer?.() ?? []) : []);
    const outcome = await takeAnswer(streamed, calls, { ...options, steer });
    if (outcome !== undefined) return outcome;
    if (pause !== undefined) return { kind: "paused", pause };
  }
  return { kind: "step-limit", steps: options.maxSteps };
}

/** A whole answer becomes part of the history, with the results of its calls. The outcome, or undefined to go on. */
async function takeAnswer(
  streamed: StreamedMessage,
  calls: ToolCallOptions,
  options: TurnOptions,
): Promise<TurnOutcome | undefined> {
  const { toolUses, stopReason, usage } = streamed;
  const { message, guardrail, blocked } = heedGuardrail(streamed, options);
  if (message.content?.length) options.history.append(message);
  options.emit({ type: "step-end", stopReason, usage, at: options.timing.now() });
  if (blocked) await options.withhold({ kind: "guardrail", report: guardrail });
  if (toolUses.length > 0) {
    const results = unfinished.has(stopReason)
      ? await Promise.all(toolUses.map((use) => refuseToolCall(use, stopReason, calls)))
      : await answerCalls(
          toolUses.map((use) => ({ kind: "open", use })),
          calls,
        );
    const isKept = message.content?.some(({ toolUse }) => toolUse !== undefined);
    const goesOn = !(unfinished.has(stopReason) || options.signal.aborted);
    if (isKept) options.history.append(toResults(results, goesOn ? options.steer : undefined));
    if (options.signal.aborted) return { kind: "cancelled" };
  }
  return outcomeOf(stopReason, toolUses.length > 0, guardrail);
}

/** The results come first: so Claude wants it. */
function toResults(results: readonly ToolResultBlock[], steer: TurnOptions["steer"]): Message {
  return { role: "user", content: [...results.map((toolResult) => ({ toolResult })), ...(steer?.() ?? [])] };
}

const intervened = "guardrail_intervened";

/** What a guardrail took back goes from the screen, and does not come into the history. */
function heedGuardrail({ message, stopReason, trace }: StreamedMessage, { emit, timing }: TurnOptions) {
  if (stopReason !== intervened) return { message, guardrail: undefined, blocked: false };
  const { report, retracted, ...kept } = readIntervention(message, trace);
  if (retracted !== undefined) emit({ type: "retracted", text: retracted, at: timing.now() });
  return { ...kept, guardrail: report, blocked: report?.blocked !== false };
}

async function prepareAttempt(problem: string | undefined, options: TurnOptions): Promise<Attempt> {
  const { model, pace } = await options.answerer();
  const { messages } = options.history;
  // The history itself does not learn of the repair that this attempt asks for.
  const history = problem === undefined ? messages : [...messages, repairRequest(problem)];
  return { model, pace, request: toModelRequest({ ...options, history }, model.capabilities) };
}

/** The outcome that a stop reason gives, or undefined to go on with the next step. */
function outcomeOf(
  stopReason: string,
  calledTools: boolean,
  guardrail: GuardrailReport | undefined,
): TurnOutcome | undefined {
  switch (stopReason) {
    case "max_tokens":
      return { kind: "max-tokens" };
    case "guardrail_intervened":
    case "content_filtered":
    case "model_context_window_exceeded":
      return { kind: "stopped", stopReason, ...(guardrail !== undefined && { guardrail }) };
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
  if (error.cause instanceof PausedTurn) return { kind: "paused", pause: error.cause.pause };
  if (isModelError(error.cause))
    return { kind: "failed", error: error.tell(error.cause.error), cutOff: error.shown > 0 };
  throw error.cause;
}
