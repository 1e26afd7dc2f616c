import type { ApprovalRequest } from "./approval.ts";
import type { Attachment, Connection, FinishedToolState, TurnOutcome } from "./chat-event.ts";
import type { TokenUsage } from "./token-usage.ts";
import type { TurnError } from "./turn-error.ts";

export type ToolCallStatus =
  | { readonly kind: "streaming" }
  | { readonly kind: "awaiting-approval"; readonly request: ApprovalRequest }
  | { readonly kind: "running"; readonly since: number }
  | { readonly kind: FinishedToolState; readonly result: string; readonly durationMs: number };

/** The visible life of one `toolUse` block. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** In the tense of its state. */
  readonly title: string;
  /** JSON text; a prefix of it while streaming. */
  readonly input: string;
  /** Live output while running. */
  readonly output: string;
  readonly status: ToolCallStatus;
}

export interface TextPart {
  readonly kind: "text";
  readonly step: number;
  readonly block: number;
  readonly text: string;
}

export interface ReasoningPart {
  readonly kind: "reasoning";
  readonly step: number;
  readonly block: number;
  readonly text: string;
  readonly startedAt: number;
  readonly updatedAt: number;
}

export interface ToolPart {
  readonly kind: "tool";
  readonly step: number;
  readonly call: ToolCall;
}

export type TurnPart = TextPart | ReasoningPart | ToolPart;

/** What the turn does right now, for the typing indicator and the retry row. */
export type TurnPhase =
  /** Sent, nothing received yet. */
  | { readonly kind: "waiting"; readonly since: number }
  | { readonly kind: "streaming" }
  | { readonly kind: "tools" }
  | {
      readonly kind: "retrying";
      readonly error: TurnError;
      readonly retry: number;
      readonly retries: number;
      readonly resumesAt: number;
    }
  | { readonly kind: "ended"; readonly outcome: TurnOutcome; readonly durationMs: number };

export interface Turn {
  readonly id: string;
  readonly prompt: string;
  readonly attachments: readonly Attachment[];
  readonly connection: Connection;
  readonly startedAt: number;
  readonly step: number;
  readonly parts: readonly TurnPart[];
  readonly phase: TurnPhase;
  /** Sum over the steps; null while no step reported any. */
  readonly usage: TokenUsage | null;
  /** Retries that this turn needed so far. */
  readonly retries: number;
}

/** The fold of a session's events. `past` is not copied per event, so a delta costs the same in a long session. */
export interface ChatState {
  readonly sessionId: string;
  readonly past: readonly Turn[];
  readonly current: Turn | null;
}

export function emptyChat(sessionId: string): ChatState {
  return { sessionId, past: [], current: null };
}
