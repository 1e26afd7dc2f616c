import type { ApprovalRequest } from "../protocol/approval.ts";
import type { ChatState } from "../protocol/chat-state.ts";

/** The approvals that wait for the user, in order. */
export function waitingApprovals({ current }: ChatState): readonly ApprovalRequest[] {
  return (current?.parts ?? []).flatMap((part) =>
    part.kind === "tool" && part.call.status.kind === "awaiting-approval" ? [part.call.status.request] : [],
  );
}
