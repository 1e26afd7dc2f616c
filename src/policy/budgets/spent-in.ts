import type { ChatState } from "../../protocol/chat-state.ts";
import { costOf, priceOf } from "./price-of.ts";

/**
 * US dollars that a chat has cost, by the usage that Bedrock reported; the demo costs nothing. What broke off before it
 * reported any is not in it.
 */
export function spentIn({ past, current }: Pick<ChatState, "past" | "current">): number {
  const turns = current === null ? past : [...past, current];
  return turns.reduce((sum, { connection, usage }) => {
    if (connection.kind === "demo" || usage === null) return sum;
    return sum + costOf(usage, priceOf(connection.modelId));
  }, 0);
}
