import type { ChatState } from "../../src/protocol/chat-state.ts";

/** What is shown of the last turn: every part's step, and its text, its tool's title or its kind. */
export function shownParts({ past, current }: ChatState): readonly (readonly [step: number, shown: string])[] {
  const turn = current ?? past.at(-1);
  return (turn?.parts ?? []).map((part) => {
    if (part.kind === "tool") return [part.step, part.call.title];
    return [part.step, "text" in part ? part.text : part.kind];
  });
}
