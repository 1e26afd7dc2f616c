import * as z from "zod";
import { formatNumber, t } from "../protocol/localize.ts";
import type { RoutingTier } from "../protocol/routing.ts";
import type { Memory } from "./models/model-memory.ts";

const key = "outcrop.routedTurns";
const counts = z.object({ fast: z.int().nonnegative(), frontier: z.int().nonnegative() });

/** How many routed turns each of the two models served, on this machine. */
export class RoutingShare {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async count(tier: RoutingTier): Promise<void> {
    const turns = this.#turns();
    await this.#memory.update(key, { ...turns, [tier]: turns[tier] + 1 });
  }

  /** For example: 12 of 20 turns went to the fast model. Undefined while there were none. */
  describe(): string | undefined {
    const { fast, frontier } = this.#turns();
    const all = fast + frontier;
    if (all === 0) return undefined;
    return t("{0} of {1} routed turns went to the fast model", formatNumber(fast), formatNumber(all));
  }

  #turns(): z.output<typeof counts> {
    return counts.safeParse(this.#memory.get(key)).data ?? { fast: 0, frontier: 0 };
  }
}
