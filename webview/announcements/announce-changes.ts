import type { ChatState } from "../../src/protocol/chat-state.ts";
import { announce } from "./announcer.tsx";
import { describeChanges } from "./describe-changes.ts";

/** Says what changed. One message per urgency, since a later one would cut off an earlier one. */
export function announceChanges(before: ChatState, after: ChatState): void {
  const changes = describeChanges(before, after);
  const polite = changes.filter(({ urgency }) => urgency === "polite");
  const assertive = changes.filter(({ urgency }) => urgency === "assertive");
  if (polite.length > 0) announce(polite.map(({ text }) => text).join(" "), "polite");
  if (assertive.length > 0) announce(assertive.map(({ text }) => text).join(" "), "assertive");
}
