import type { ChatState } from "../../src/protocol/chat-state.ts";
import type { Review } from "../../src/protocol/review.ts";
import { announce } from "./announcer.tsx";
import { describeReview } from "./describe-review.ts";

/** Says what the user's Keep, Undo or restore came to. While a turn runs its end says what it changed. */
export function announceReview(before: Review, after: Review, chat: ChatState): void {
  if (chat.current !== null) return;
  const said = describeReview(before, after, chat);
  if (said !== "") announce(said);
}
