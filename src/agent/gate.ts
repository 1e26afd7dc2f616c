import type { PreparedCall } from "./tool.ts";

export type GateVerdict =
  /** `allowedBy`: why nobody was asked, in one sentence; absent where the user was. */
  | { readonly kind: "allow"; readonly allowedBy?: string }
  /** `message` is the toolResult: that nothing was done, and why. */
  | { readonly kind: "deny"; readonly message: string };

/** The choke point that every tool call passes between preparation and run. */
export interface Gate {
  /** `id` is the tool call's. Throws the signal's reason when the turn is cancelled while the user is asked. */
  authorize(id: string, tool: string, call: PreparedCall, signal: AbortSignal): Promise<GateVerdict>;
}
