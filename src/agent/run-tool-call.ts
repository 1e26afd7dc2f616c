import type { ToolResultBlock, ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime";
import type { ChatEvent, Emit, FinishedToolState } from "../protocol/chat-event.ts";
import type { RunningChoice } from "../protocol/running-choice.ts";
import type { TurnPause } from "../protocol/turn-pause.ts";
import type { Gate, GateVerdict } from "./gate.ts";
import type { AssembledToolUse } from "./message-assembler.ts";
import { type PreparedCall, type Tool, type ToolContext, ToolError, type ToolSuccess, textResult } from "./tool.ts";
import { untilAborted } from "./until-aborted.ts";

export interface ToolCallOptions {
  readonly tools: ReadonlyMap<string, Tool>;
  readonly gate: Gate;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** A call was not run because the turn has to pause. */
  readonly onPause: (pause: TurnPause) => void;
  readonly stillRunning?: AskStillRunning;
}

/** Asks the user what becomes of a call that runs for long; see `ToolContext.stillRunning`. */
export type AskStillRunning = (id: string, endsAt: number | null, signal: AbortSignal) => Promise<RunningChoice>;

/** A call whose input is parsed: ready for the gate, or answered already because it cannot run. */
export type ReadiedCall =
  | {
      readonly kind: "prepared";
      readonly use: AssembledToolUse;
      readonly call: PreparedCall;
      /** The same call from the same input, made anew: what it touches may have changed. */
      prepare(): Promise<PreparedCall>;
      readonly input: unknown;
    }
  | { readonly kind: "answered"; readonly use: AssembledToolUse; readonly result: ToolResultBlock };

/** Parses and prepares a call. Never throws: input that cannot be used is a result that says what is wrong. */
export async function readyToolCall(use: AssembledToolUse, options: ToolCallOptions): Promise<ReadiedCall> {
  const tool = options.tools.get(use.name);
  const title = tool?.streamingTitle ?? use.name;
  const answered = async (text: string): Promise<ReadiedCall> => {
    const refused = use.input.kind === "invalid" ? use.input.json : use.input.value;
    const told = await refuse(use, refused, text, options);
    return { kind: "answered", use, result: end(use, "failed", title, errorContent(told), options) };
  };
  if (use.input.kind === "invalid") {
    options.emit({ type: "tool-input", id: use.id, input: use.input.json, title });
    return answered(`E_SCHEMA ${use.input.problem} Nothing was run; send the call again with valid input.`);
  }
  const input = JSON.stringify(use.input.value, null, 2);
  if (tool === undefined) {
    options.emit({ type: "tool-input", id: use.id, input, title });
    return answered(`E_SCHEMA There is no tool "${use.name}". The tools are: ${[...options.tools.keys()].join(", ")}.`);
  }
  try {
    const { value } = use.input;
    const prepare = (): Promise<PreparedCall> => tool.prepare(value, options.signal);
    const call = await untilAborted(prepare(), options.signal);
    options.emit({ type: "tool-input", id: use.id, input, title: call.title, intent: intentOf(call) });
    return { kind: "prepared", use, call, prepare, input: value };
  } catch (error) {
    options.emit({ type: "tool-input", id: use.id, input, title });
    if (options.signal.aborted) return { kind: "answered", use, result: cancelToolCall(use, title, options) };
    return answered(failureText(error));
  }
}

/** What the model is told of a call that cannot be judged. Where it cannot be recorded it is told of that, too: nothing runs. */
async function refuse(
  { id, name }: AssembledToolUse,
  input: unknown,
  text: string,
  { gate, onPause }: ToolCallOptions,
): Promise<string> {
  try {
    const pause = await gate.refused({ id, tool: name, input }, text);
    if (pause === undefined) return text;
    onPause(pause);
    return `${pause.message}\n${text}`;
  } catch (error) {
    return `${text}\n${failureText(error)}`;
  }
}

/** The question without its mark is what the call would do, where the call does not say it better. */
function intentOf({ subject, intent = subject.question.replace(/\s*[?？؟]$/u, "") }: PreparedCall): string {
  return intent;
}

/** Whether a call has an effect, or was meant to have one and may yet when it is prepared again. */
export function mayHaveEffect({ effect, attempted, request }: PreparedCall): boolean {
  return (effect !== "read" && request?.access !== "read") || (attempted !== undefined && attempted.effect !== "read");
}

/** Runs what is given to it, at once or when others have ended. */
export type InTurn = <Result>(run: () => Promise<Result>) => Promise<Result>;

/** Gate, then run. Never throws: whatever happens is a `toolResult`, and the turn goes on. */
export async function runToolCall(
  { use, call: first, prepare, input }: Extract<ReadiedCall, { kind: "prepared" }>,
  options: ToolCallOptions,
  inTurn: InTurn = (run) => run(),
): Promise<ToolResultBlock> {
  const { emit, signal, now, gate } = options;
  const { title } = first;
  try {
    signal.throwIfAborted();
    // An effect of an earlier call in the same message may have changed what this one is about.
    const call = mayHaveEffect(first) ? await untilAborted(prepare(), signal) : first;
    const asked = { id: use.id, tool: use.name, input, call, prepare };
    const verdict = await untilAborted(gate.authorize(asked, signal), signal);
    switch (verdict.kind) {
      case "deny":
        return end(use, "denied", title, errorContent(verdict.message), options);
      case "pause":
        options.onPause(verdict.pause);
        return end(use, "denied", title, errorContent(verdict.pause.message), options);
      case "allow": {
        const { allowedBy } = verdict;
        const run = async (): Promise<ToolSuccess> => {
          signal.throwIfAborted();
          emit({ type: "tool-running", id: use.id, at: now(), ...(allowedBy !== undefined && { allowedBy }) });
          return runWithin(verdict, { id: use.id, title }, options);
        };
        const success = await untilAborted(inTurn(run), signal);
        const marks = success.warning ? ({ warning: true } as const) : {};
        return end(use, "succeeded", success.title, success.content, options, marks);
      }
    }
  } catch (error) {
    if (signal.aborted) return cancelToolCall(use, title, options);
    return end(use, "failed", title, errorContent(failureText(error)), options);
  }
}

/** The answer to a call that the user's Stop ended. */
function cancelToolCall(use: AssembledToolUse, title: string, options: ToolCallOptions): ToolResultBlock {
  return end(use, "cancelled", title, errorContent("The user stopped the turn. This call was not completed."), options);
}

/** The answer to a call in a message that the model did not finish: its input may be cut, so it never runs. */
export async function refuseToolCall(
  use: AssembledToolUse,
  stopReason: string,
  options: ToolCallOptions,
): Promise<ToolResultBlock> {
  const title = options.tools.get(use.name)?.streamingTitle ?? use.name;
  const cut = stopReason === "max_tokens" ? "the output limit cut the message; ask for less in one call" : stopReason;
  const text = `Nothing was run: the message was not finished (${cut}).`;
  const told = await refuse(use, use.input.kind === "invalid" ? use.input.json : use.input.value, text, options);
  const marks = stopReason === "max_tokens" ? ({ cutOff: true } as const) : {};
  return end(use, "failed", title, errorContent(told), options, marks);
}

/** A tool that does not listen to its signal must not hold the turn: Stop and the time limit end the wait. */
async function runWithin(
  { run, timeoutMs }: Extract<GateVerdict, { kind: "allow" }>,
  { id, title }: { readonly id: string; readonly title: string },
  options: ToolCallOptions,
): Promise<ToolSuccess> {
  const limit = new AbortController();
  const problem = `${title}: stopped, it did not end within ${timeoutMs / 1000} seconds.`;
  const isLimited = Number.isFinite(timeoutMs);
  const timer = isLimited ? setTimeout(() => limit.abort(new ToolError(problem)), timeoutMs) : undefined;
  const signal = AbortSignal.any([options.signal, limit.signal]);
  const output = (text: string): void => {
    if (!signal.aborted) options.emit({ type: "tool-output", id, text });
  };
  const { stillRunning: ask } = options;
  const stillRunning =
    ask &&
    liftingLimit(
      (...asked) => ask(id, ...asked),
      () => clearTimeout(timer),
    );
  try {
    return await untilAborted(run({ signal, output, ...(stillRunning !== undefined && { stillRunning }) }), signal);
  } finally {
    clearTimeout(timer);
  }
}

type StillRunning = NonNullable<ToolContext["stillRunning"]>;

/** A call that the user waits for has no time limit any more. */
function liftingLimit(ask: StillRunning, lift: () => void): StillRunning {
  return async (...asked) => {
    const choice = await ask(...asked);
    if (choice === "wait") lift();
    return choice;
  };
}

function end(
  use: AssembledToolUse,
  state: FinishedToolState,
  title: string,
  content: readonly ToolResultContentBlock[],
  { emit, now }: ToolCallOptions,
  marks: Pick<Extract<ChatEvent, { type: "tool-end" }>, "cutOff" | "warning"> = {},
): ToolResultBlock {
  const result = resultText(content);
  emit({ type: "tool-end", id: use.id, state, title, result, at: now(), ...marks });
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
