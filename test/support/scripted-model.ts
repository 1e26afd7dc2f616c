import { setImmediate } from "node:timers/promises";
import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import { type Feature, fullCapabilities } from "../../src/agent/capabilities.ts";
import { type Model, ModelError, type ModelRequest, type OnSilence, type RetryAdvice } from "../../src/agent/model.ts";
import type { ErrorKind } from "../../src/protocol/turn-error.ts";

/** A stream event, an error to throw, or something to wait for, or to say, in mid-stream. */
export type ReplyPart = ConverseStreamOutput | Error | ((signal: AbortSignal, onSilence?: OnSilence) => Promise<void>);

/** A model that answers its first request with the first reply, and so on. Asked once too often it throws a plain error. */
export class ScriptedModel implements Model {
  readonly capabilities = fullCapabilities;
  readonly requests: ModelRequest[] = [];
  readonly #replies: ReplyPart[][];

  constructor(...replies: readonly (readonly ReplyPart[])[]) {
    this.#replies = replies.map((reply) => [...reply]);
  }

  async *converseStream(
    request: ModelRequest,
    signal: AbortSignal,
    onSilence?: OnSilence,
  ): AsyncGenerator<ConverseStreamOutput> {
    this.requests.push(structuredClone(request));
    const reply = this.#replies.shift();
    if (reply === undefined) throw new Error("The script has no further reply.");
    for (const part of reply) {
      await setImmediate();
      signal.throwIfAborted();
      if (part instanceof Error) throw part;
      if (typeof part === "function") await part(signal, onSilence);
      else yield part;
    }
  }
}

/** Waits in mid-stream until the turn is stopped. */
export function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

export function textDelta(contentBlockIndex: number | undefined, text: string): ConverseStreamOutput {
  return { contentBlockDelta: { contentBlockIndex, delta: { text } } };
}

function blockStop(contentBlockIndex: number | undefined): ConverseStreamOutput {
  return { contentBlockStop: { contentBlockIndex } };
}

/** A whole text block, as Bedrock streams it: without a start. */
export function textBlock(index: number, ...texts: readonly string[]): readonly ConverseStreamOutput[] {
  return [...texts.map((text) => textDelta(index, text)), blockStop(index)];
}

export function toolStart(index: number | undefined, toolUseId: string, name: string): ConverseStreamOutput {
  return { contentBlockStart: { contentBlockIndex: index, start: { toolUse: { toolUseId, name } } } };
}

export function toolDelta(contentBlockIndex: number | undefined, input: string): ConverseStreamOutput {
  return { contentBlockDelta: { contentBlockIndex, delta: { toolUse: { input } } } };
}

/** A whole `toolUse` block, its input in the given fragments. */
export function toolBlock(
  index: number,
  toolUseId: string,
  name: string,
  ...fragments: readonly string[]
): readonly ConverseStreamOutput[] {
  return [toolStart(index, toolUseId, name), ...fragments.map((input) => toolDelta(index, input)), blockStop(index)];
}

export function messageStop(stopReason: string): ConverseStreamOutput {
  // The SDK passes stop reasons on that its union does not have yet.
  return { messageStop: { stopReason: stopReason as "end_turn" } };
}

export function usage(inputTokens: number, outputTokens: number): ConverseStreamOutput {
  const totalTokens = inputTokens + outputTokens;
  return { metadata: { usage: { inputTokens, outputTokens, totalTokens }, metrics: { latencyMs: 1 } } };
}

/** A failed attempt that may be retried `most` times, after `baseMs` first. */
export function modelError(kind: ErrorKind, most = 0, baseMs = 1_000, afterMs?: number): ModelError {
  return adviseRetry(kind, { most, baseMs, ...(afterMs !== undefined && { afterMs }) });
}

/** A connection that may be asked again at once, unseen, where it had said nothing. */
export function silentError(kind: ErrorKind, most = 2): ModelError {
  return adviseRetry(kind, { most, baseMs: 1_000, silentFirst: true });
}

/** A refusal with the service's own words. */
export function throttledBy(detail: string, afterMs = 1_000): ModelError {
  return adviseRetry("throttled", { most: 8, baseMs: 1_000, afterMs }, detail);
}

/** A refusal of a part of the request, which the next request leaves out. */
export function refusedFeature(feature: Feature): ModelError {
  const message = `The model does not take ${feature}.`;
  const error = { kind: "feature_unsupported", message, actions: [] } as const;
  return new ModelError(error, { most: 1, baseMs: 0 }, undefined, { lesson: { feature } });
}

function adviseRetry(kind: ErrorKind, retry: RetryAdvice, detail?: string): ModelError {
  const message = `It failed: ${kind}.`;
  return new ModelError({ kind, message, ...(detail !== undefined && { detail }), actions: ["retry"] }, retry);
}
