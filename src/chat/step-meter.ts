import type { CountTokens, Model, ModelRequest } from "../agent/model.ts";
import { readUsage } from "../agent/read-usage.ts";
import { stableHash } from "../agent/to-converse/stable-hash.ts";
import type { ChatEvent } from "../protocol/chat-event.ts";
import type { ContextUse } from "../protocol/context-use.ts";
import { addCost, type Cost } from "../protocol/cost.ts";
import { contextUse, estimateSegments } from "./context-use.ts";

/**
 * What a session's model calls cost and fill, told with the step that they led to. Calls that failed on the way count to
 * the step that came of them in the end, or to the end of the turn.
 */
export class StepMeter {
  #cost: Cost | undefined;
  #modelId: string | undefined;
  #context: ContextUse | undefined;
  readonly #fixed = new Map<string, number | undefined>();

  /** A call is over. */
  readonly spent = (bill: { readonly cost: number | undefined; readonly prices: string }): void => {
    const { cost, prices } = bill;
    this.#cost = addCost(this.#cost, { dollars: cost ?? 0, unknown: cost === undefined ? 1 : 0, prices });
  };

  /**
   * The model, watched, with `count` where it is given. What is asked here with it runs beside: nothing waits for it.
   * @param maxTokens that an answer may take, where it is known
   */
  watch(model: Model, modelId: string, count?: CountTokens, maxTokens?: number): Model {
    const meter = this;
    return {
      get capabilities() {
        return model.capabilities;
      },
      ...(count !== undefined && { countTokens: count }),
      async *converseStream(request, signal, ...told) {
        meter.#modelId = modelId;
        let usage = null;
        for await (const event of model.converseStream(request, signal, ...told)) {
          if (usage === null && event.messageStart !== undefined && count !== undefined) {
            meter.#countFixed(request, modelId, count);
          }
          usage = readUsage(event.metadata?.usage) ?? usage;
          yield event;
        }
        const { contextTokens: window, outputTokens = maxTokens } = model.capabilities.maxima;
        const fixed = meter.#fixed.get(fixedKey(request, modelId));
        if (window === undefined) meter.#context = undefined;
        else {
          const use = contextUse(estimateSegments(request), usage, window, fixed);
          const known = maxTokens !== undefined && outputTokens !== undefined;
          meter.#context = known ? { ...use, reserved: Math.min(maxTokens, outputTokens) } : use;
        }
      },
    };
  }

  /** The event with what is known beside the loop. */
  readonly complete = (event: ChatEvent): ChatEvent => {
    if (event.type === "compaction" || event.type === "title" || event.type === "turn-end")
      return { ...event, ...this.#takeCost() };
    if (event.type !== "step-end") return event;
    return {
      ...event,
      ...(this.#modelId !== undefined && { modelId: this.#modelId }),
      ...this.#takeCost(),
      ...(this.#context !== undefined && { context: this.#context }),
    };
  };

  #takeCost(): { readonly cost?: Cost } {
    const cost = this.#cost;
    this.#cost = undefined;
    return cost === undefined ? {} : { cost };
  }

  /** Once for each system prompt and tools: what stays the same in every request, without the conversation. */
  #countFixed(request: ModelRequest, modelId: string, count: CountTokens): void {
    const key = fixedKey(request, modelId);
    if (this.#fixed.has(key)) return;
    this.#fixed.set(key, undefined);
    const { system, toolConfig } = request;
    const shortest: ModelRequest = {
      messages: [{ role: "user", content: [{ text: "." }] }],
      ...(system !== undefined && { system }),
      ...(toolConfig !== undefined && { toolConfig }),
    };
    void count(shortest).then((tokens) => this.#fixed.set(key, tokens));
  }
}

function fixedKey({ system, toolConfig }: ModelRequest, modelId: string): string {
  return stableHash(JSON.stringify([modelId, system, toolConfig]));
}
