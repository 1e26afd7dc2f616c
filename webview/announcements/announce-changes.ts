import type { ChatState } from "../../src/protocol/chat-state.ts";
import { display, review } from "../session/panel-state.ts";
import { announce } from "./announcer.tsx";
import { describeChanges } from "./describe-changes.ts";
import { describeFiles } from "./describe-review.ts";

/** Says what changed. One message per urgency, since a later one would cut off an earlier one. */
export function announceChanges(before: ChatState, after: ChatState): void {
  const changes = describeChanges(before, after, display.peek().speaksSteps);
  const polite = changes.filter(({ urgency }) => urgency === "polite").map(({ text }) => text);
  const assertive = changes.filter(({ urgency }) => urgency === "assertive").map(({ text }) => text);
  if (before.current !== null && after.current === null) polite.push(...describeFiles(review.peek()));
  if (polite.length > 0) announce(polite.join(" "), "polite");
  if (assertive.length > 0) announce(assertive.join(" "), "assertive");
}
