import { type BedrockRuntimeClient, CountTokensCommand } from "@aws-sdk/client-bedrock-runtime";
import type { ModelRequest } from "../agent/model.ts";
import { baseModelId } from "./capabilities.ts";

/** Nobody waits for a count: one that takes longer is of no use. */
const patienceMs = 10_000;

/**
 * The service's own count of a request's tokens, which costs nothing and needs `bedrock:CountTokens`. It is there for
 * Claude, by the model's own id and not an inference profile's; whoever was refused once is not asked again.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html
 */
export class TokenCounter {
  readonly #refused = new Set<string>();

  /** Undefined where the service does not tell. Never rejects. */
  async count(client: BedrockRuntimeClient, modelId: string, request: ModelRequest): Promise<number | undefined> {
    const model = baseModelId(modelId);
    if (!/^anthropic\.claude-/u.test(model) || this.#refused.has(model)) return undefined;
    const { messages, system, toolConfig } = request;
    const converse = { messages, ...(system && { system }), ...(toolConfig && { toolConfig }) };
    try {
      const command = new CountTokensCommand({ modelId: model, input: { converse } });
      const { inputTokens } = await client.send(command, { abortSignal: AbortSignal.timeout(patienceMs) });
      return inputTokens;
    } catch {
      this.#refused.add(model);
      return undefined;
    }
  }
}
