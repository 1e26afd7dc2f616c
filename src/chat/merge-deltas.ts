import type { ChatEvent } from "../protocol/chat-event.ts";
import { tail } from "../protocol/tail.ts";

/** One event that says what two in a row said, or undefined where they cannot be one. */
export function mergeDeltas(first: ChatEvent, second: ChatEvent): ChatEvent | undefined {
  if (first.type === "text-delta" && second.type === "text-delta" && first.block === second.block) {
    const since = first.since ?? first.at;
    return { ...first, ...second, text: first.text + second.text, ...(since !== undefined && { since }) };
  }
  if (first.type === "reasoning-delta" && second.type === "reasoning-delta" && first.block === second.block) {
    return { ...second, text: first.text + second.text, since: first.since ?? first.at };
  }
  if (first.type === "tool-input-delta" && second.type === "tool-input-delta" && first.id === second.id) {
    return { ...first, fragment: first.fragment + second.fragment };
  }
  if (first.type === "tool-output" && second.type === "tool-output" && first.id === second.id) {
    return { ...first, text: tail(first.text + second.text) };
  }
  return undefined;
}
