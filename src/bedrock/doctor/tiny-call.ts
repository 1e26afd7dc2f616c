import type { Capabilities } from "../../agent/capabilities.ts";
import { isModelError, type Model, type ModelRequest } from "../../agent/model.ts";
import type { TokenUsage } from "../../protocol/token-usage.ts";

/** What one call brought. Times in milliseconds from its start. */
export interface TinyAnswer {
  /** To the first piece of content; undefined where none came. */
  readonly firstTokenMs: number | undefined;
  readonly elapsedMs: number;
  readonly stopReason: string | undefined;
  /** Names of the tools that the model called. */
  readonly toolUses: readonly string[];
  readonly usage: TokenUsage;
}

/**
 * One call through the product's own client. What a refusal has put right, such as a part that the model does not take or a
 * clock that was off, is tried once more. Rejects with a `ModelError` or the signal's reason.
 */
export async function tinyCall(
  model: Model,
  request: (capabilities: Capabilities) => ModelRequest,
  signal: AbortSignal,
): Promise<TinyAnswer> {
  try {
    return await attempt(model, request(model.capabilities), signal);
  } catch (error) {
    if (!isModelError(error) || error.retry.most === 0 || error.retry.baseMs > 0) throw error;
    return attempt(model, request(model.capabilities), signal);
  }
}

const nothing: TokenUsage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadInputTokens: 0,
  cacheWriteInputTokens: 0,
};

async function attempt(model: Model, request: ModelRequest, signal: AbortSignal): Promise<TinyAnswer> {
  const startedAt = performance.now();
  const since = (): number => Math.round(performance.now() - startedAt);
  const toolUses: string[] = [];
  let firstTokenMs: number | undefined;
  let stopReason: string | undefined;
  let usage: TokenUsage = nothing;
  for await (const event of model.converseStream(request, signal)) {
    if (event.contentBlockStart !== undefined || event.contentBlockDelta !== undefined) firstTokenMs ??= since();
    const { name } = event.contentBlockStart?.start?.toolUse ?? {};
    if (name !== undefined) toolUses.push(name);
    stopReason = event.messageStop?.stopReason ?? stopReason;
    if (event.metadata?.usage === undefined) continue;
    const {
      inputTokens = 0,
      outputTokens = 0,
      cacheReadInputTokens = 0,
      cacheWriteInputTokens = 0,
    } = event.metadata.usage;
    usage = { inputTokens, outputTokens, cacheReadInputTokens, cacheWriteInputTokens };
  }
  return { firstTokenMs, elapsedMs: since(), stopReason, toolUses, usage };
}
