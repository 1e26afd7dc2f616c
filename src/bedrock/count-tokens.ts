import { createHash } from "node:crypto";
import { type BedrockRuntimeClient, CountTokensCommand } from "@aws-sdk/client-bedrock-runtime";
import type { ModelRequest } from "../agent/model.ts";
import { untilAborted } from "../agent/until-aborted.ts";
import { baseModelId } from "./capabilities.ts";
import type { HeldClient } from "./client-slot.ts";
import { readErrorFacts } from "./error-facts.ts";

/** For a count that nobody waits for. */
const patienceMs = 10_000;

/** A retry, a raised cap and another session's system prompt ask for what was counted before. */
const mostRemembered = 64;

/**
 * The service's own count of a request's tokens, which costs nothing and needs `bedrock:CountTokens`. It is there for
 * Claude, by the model's own id and not an inference profile's. A request is counted once. Whoever refused to count for a
 * model is not asked again, until another client, of other settings or another identity, asks.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html
 */
export class TokenCounter {
  readonly #refused = new WeakMap<BedrockRuntimeClient, Set<string>>();
  readonly #counted = new Map<string, number>();

  /** Undefined where the service does not tell, or where the signal ends the wait. Never rejects. */
  async count(
    hold: () => HeldClient,
    modelId: string,
    { messages, system, toolConfig }: ModelRequest,
    signal: AbortSignal = AbortSignal.timeout(patienceMs),
  ): Promise<number | undefined> {
    const model = baseModelId(modelId);
    if (!/^anthropic\.claude-/u.test(model)) return undefined;
    const converse = { messages, ...(system && { system }), ...(toolConfig && { toolConfig }) };
    const key = keyOf(model, converse);
    // Where no client can be made, the call itself says so.
    const ask = () => this.#ask(hold, model, converse, signal).catch(() => undefined);
    const tokens = this.#counted.get(key) ?? (await ask());
    if (tokens !== undefined) this.#remember(key, tokens);
    return tokens;
  }

  async #ask(
    hold: () => HeldClient,
    modelId: string,
    converse: ModelRequest,
    abortSignal: AbortSignal,
  ): Promise<number | undefined> {
    const { client, release } = hold();
    const refused = this.#refused.get(client) ?? new Set();
    try {
      if (refused.has(modelId)) return undefined;
      const sent = client.send(new CountTokensCommand({ modelId, input: { converse } }), { abortSignal });
      // The SDK does not look at its signal while it resolves credentials.
      const { inputTokens = 0 } = await untilAborted(sent, abortSignal);
      return Number.isSafeInteger(inputTokens) && inputTokens > 0 ? inputTokens : undefined;
    } catch (error) {
      if (isRefusal(error)) this.#refused.set(client, refused.add(modelId));
      return undefined;
    } finally {
      release();
    }
  }

  /** Those that were asked for last. */
  #remember(key: string, tokens: number): void {
    this.#counted.delete(key);
    this.#counted.set(key, tokens);
    const [oldest] = this.#counted.keys();
    if (oldest !== undefined && this.#counted.size > mostRemembered) this.#counted.delete(oldest);
  }
}

/** Of the request's text, which is not kept. */
function keyOf(model: string, converse: ModelRequest): string {
  const text = JSON.stringify([model, converse], (_, value: unknown) =>
    value instanceof Uint8Array ? createHash("sha256").update(value).digest("base64") : value,
  );
  return createHash("sha256").update(text).digest("base64");
}

/** Not where the service was busy, where nobody answered in time, or where one request was refused: the next count may come. */
function isRefusal(error: unknown): boolean {
  const { status = 0, message } = readErrorFacts(error);
  if (status === 400) return /support counting tokens|model identifier/iu.test(message);
  return status > 400 && status < 500 && status !== 408 && status !== 429;
}
