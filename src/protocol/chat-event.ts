import type { ApprovalRequest } from "./approval.ts";
import type { TokenUsage } from "./token-usage.ts";
import type { TurnError } from "./turn-error.ts";

/** Who answers. */
export type Connection =
  | { readonly kind: "bedrock"; readonly modelId: string; readonly region?: string; readonly endpoint?: string }
  | { readonly kind: "demo" };

/** Context that the user attached to a prompt. */
export interface Attachment {
  readonly id: string;
  /** As the chip shows it, for example `retry-delay.ts:10-20`. */
  readonly label: string;
  /** Workspace-relative path. */
  readonly path: string;
  /** 1-based. */
  readonly startLine: number;
  /** 1-based, inclusive. */
  readonly endLine: number;
}

/** How a turn ended. Only `completed` is a whole answer. */
export type TurnOutcome =
  | { readonly kind: "completed" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "step-limit"; readonly steps: number }
  | { readonly kind: "max-tokens" }
  /** The model's own end that is no whole answer: `guardrail_intervened`, `content_filtered`, … */
  | { readonly kind: "stopped"; readonly stopReason: string }
  | { readonly kind: "failed"; readonly error: TurnError }
  /** The window closed or the extension host ended in mid-turn. */
  | { readonly kind: "interrupted" };

export type FinishedToolState = "succeeded" | "failed" | "denied" | "cancelled";

/** The only thing that flows from the loop to the screen. `at` is milliseconds since the epoch. */
export type ChatEvent =
  | {
      readonly type: "turn-start";
      readonly turnId: string;
      readonly prompt: string;
      readonly attachments: readonly Attachment[];
      readonly connection: Connection;
      readonly at: number;
    }
  /** The last turn goes on with the same messages: after the step limit, a failure or an interruption. */
  | { readonly type: "turn-resume"; readonly at: number }
  /** A ConverseStream call begins. `attempt` > 1 replaces what the failed attempt of this step had shown. */
  | { readonly type: "step-start"; readonly step: number; readonly attempt: number; readonly at: number }
  | { readonly type: "text-delta"; readonly block: number; readonly text: string }
  | {
      readonly type: "reasoning-delta";
      readonly block: number;
      readonly text: string;
      readonly at: number;
      /** Where several deltas are merged into one: when the first came. */
      readonly since?: number;
    }
  | {
      readonly type: "tool-start";
      readonly id: string;
      readonly name: string;
      readonly title: string;
      readonly at: number;
    }
  | { readonly type: "tool-input-delta"; readonly id: string; readonly fragment: string }
  /** The complete input, as JSON text, and the title that it gives. */
  | { readonly type: "tool-input"; readonly id: string; readonly input: string; readonly title: string }
  | {
      readonly type: "tool-awaiting-approval";
      readonly id: string;
      readonly request: ApprovalRequest;
      readonly at: number;
    }
  | { readonly type: "tool-running"; readonly id: string; readonly at: number }
  /** Live output of a running tool, to append. */
  | { readonly type: "tool-output"; readonly id: string; readonly text: string }
  | {
      readonly type: "tool-end";
      readonly id: string;
      readonly state: FinishedToolState;
      readonly title: string;
      /** What the model is told, as text. */
      readonly result: string;
      readonly at: number;
    }
  | { readonly type: "step-end"; readonly stopReason: string; readonly usage: TokenUsage | null; readonly at: number }
  | {
      readonly type: "retry-scheduled";
      readonly error: TurnError;
      /** Which retry comes next, from 1. */
      readonly retry: number;
      readonly retries: number;
      readonly delayMs: number;
      readonly at: number;
    }
  | { readonly type: "turn-end"; readonly outcome: TurnOutcome; readonly at: number };

/** The one way out of the loop. Must not throw. */
export type Emit = (event: ChatEvent) => void;
