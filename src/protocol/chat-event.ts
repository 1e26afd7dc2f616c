import type { ApprovalRequest } from "./approval.ts";
import type { Attachment } from "./attachment.ts";
import type { ChatChoice } from "./chat-choice.ts";
import type { Compaction, TokenEstimates } from "./compaction.ts";
import type { Connection } from "./connection.ts";
import type { ContextUse } from "./context-use.ts";
import type { Cost } from "./cost.ts";
import type { GuardrailReport } from "./guardrail.ts";
import type { PlanItem } from "./plan.ts";
import type { Question } from "./question.ts";
import type { QueueEvent } from "./queue-event.ts";
import type { RoutingTier } from "./routing.ts";
import type { Served } from "./served.ts";
import type { TokenUsage } from "./token-usage.ts";
import type { TurnError } from "./turn-error.ts";
import type { TurnPause } from "./turn-pause.ts";
import type { Withheld } from "./withheld.ts";

export type { Attachment } from "./attachment.ts";

/** How a turn ended. Only `completed` is a whole answer. */
export type TurnOutcome =
  | { readonly kind: "completed" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "step-limit"; readonly steps: number }
  /** A limit or a loop: it goes on only where the user says so. */
  | { readonly kind: "paused"; readonly pause: TurnPause }
  | { readonly kind: "max-tokens" }
  /** The model's own end that is no whole answer: `guardrail_intervened`, `content_filtered`, … */
  | { readonly kind: "stopped"; readonly stopReason: string; readonly guardrail?: GuardrailReport }
  /** `cutOff`: part of the answer is on the screen; it can be continued, or asked for again. */
  | { readonly kind: "failed"; readonly error: TurnError; readonly cutOff: boolean }
  /** The window closed or the extension host ended in mid-turn. */
  | { readonly kind: "interrupted" };

/** What a stream that says nothing was doing. */
export type SilentPhase = "first-byte" | "thinking" | "text" | "tool-input";

/** What a notice offers. `failover`: another place for the model, with what that costs. */
export type NoticeAction = "failover";

/** Why a request is held back before it is sent. */
export type PaceReason = "back-off" | "tokens-per-minute" | "requests-per-minute";

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
  /** The last turn goes on with the same messages: after the step limit, a failure, an interruption or a cut. */
  | {
      readonly type: "turn-resume";
      readonly at: number;
      /** What the step that broke off had shown stays: the answer goes on behind it. */
      readonly kept?: true;
      /** After a restart, to ask about the calls again that waited for an answer. Nothing runs before one comes. */
      readonly held?: true;
    }
  /**
   * A ConverseStream call begins. With `attempt` > 1 the first thing that comes replaces what the failed attempt of
   * this step had shown.
   */
  | { readonly type: "step-start"; readonly step: number; readonly attempt: number; readonly at: number }
  | {
      readonly type: "text-delta";
      readonly block: number;
      readonly text: string;
      readonly at?: number;
      /** Where several deltas are merged into one: when the first came. */
      readonly since?: number;
    }
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
  | {
      readonly type: "tool-input";
      readonly id: string;
      readonly input: string;
      readonly title: string;
      /** What the call would do, in the imperative: Run task "test". Absent where the input cannot be used. */
      readonly intent?: string;
    }
  | {
      readonly type: "tool-awaiting-approval";
      readonly id: string;
      readonly request: ApprovalRequest;
      readonly at: number;
    }
  | {
      readonly type: "tool-running";
      readonly id: string;
      readonly at: number;
      /** Why nobody was asked, in one sentence; absent where the user was. */
      readonly allowedBy?: string;
    }
  /** What runs is offered to be left or ended. `endsAt`: when it is ended unless the user waits on; null: never. */
  | { readonly type: "tool-still-running"; readonly id: string; readonly endsAt: number | null; readonly at: number }
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
      /** The output limit cut the message that held the call: it never began. */
      readonly cutOff?: true;
      /** A program was run and did not do well, by its exit code or because it was ended. */
      readonly warning?: true;
    }
  /** A call asks the user; it waits as long as they think. */
  | { readonly type: "question"; readonly id: string; readonly question: Question; readonly at: number }
  /** It was answered, skipped or given up. */
  | { readonly type: "question-end"; readonly id: string; readonly at: number }
  /** The user chose what the model is offered from the next turn on. */
  | ({ readonly type: "choice"; readonly at: number } & ChatChoice)
  /** The model's plan, as it is from here on. */
  | { readonly type: "plan"; readonly items: readonly PlanItem[]; readonly at: number }
  | {
      readonly type: "step-end";
      readonly stopReason: string;
      readonly usage: TokenUsage | null;
      readonly at: number;
      /** The answer was malformed or did not fit: it is no part of the conversation. */
      readonly rejected?: true;
      /** Who answered. */
      readonly modelId?: string;
      /** What the step cost, with attempts of it that failed; absent where nothing costs. */
      readonly cost?: Cost;
      /** Absent where the model's window is not known. */
      readonly context?: ContextUse;
    }
  | {
      readonly type: "retry-scheduled";
      readonly error: TurnError;
      /** Which retry comes next, from 1. */
      readonly retry: number;
      readonly retries: number;
      readonly delayMs: number;
      readonly at: number;
    }
  /** The connection is open and silent; Outcrop closes it when the limit is reached. */
  | {
      readonly type: "silence";
      readonly phase: SilentPhase;
      readonly silentMs: number;
      readonly limitMs: number;
      readonly at: number;
      /** No attempt is left: the turn ends when the limit is reached. */
      readonly givesUp?: true;
    }
  /** The request waits, so that it is not refused. */
  | {
      readonly type: "pace";
      readonly reason: PaceReason;
      readonly delayMs: number;
      /** The tokens or requests per minute that the service was seen to take. */
      readonly limit?: number;
      readonly at: number;
    }
  /** Something that the user should know of the request: a feature left out, another model from here on. */
  | {
      readonly type: "notice";
      readonly text: string;
      readonly at: number;
      /** Who answers from here on, where that has changed. */
      readonly connection?: Connection;
      /** What the user may do about it. */
      readonly action?: NoticeAction;
    }
  /** Which of two models serves this turn, and why: a phrase. `usage` is what the verdict took. */
  | {
      readonly type: "routed";
      readonly tier: RoutingTier;
      readonly reason: string;
      readonly connection: Connection;
      readonly usage: TokenUsage | null;
      readonly at: number;
    }
  /** What the chat is called from here on. `usage` and `cost` are what a model took for it; absent or null where none did. */
  | {
      readonly type: "title";
      readonly title: string;
      readonly usage: TokenUsage | null;
      readonly cost?: Cost;
      readonly at: number;
    }
  /** How the service has served the turn so far. */
  | ({ readonly type: "served"; readonly at: number } & Served)
  /** A guardrail took back what this step had shown; its own words, if any, stand there instead. */
  | { readonly type: "retracted"; readonly text: string; readonly at: number }
  /** From here on these blocks are left out of what is sent. */
  | { readonly type: "withheld"; readonly places: readonly Withheld[]; readonly at: number }
  /** The model is asked for a summary of the conversation; what it writes is not shown. */
  | { readonly type: "compacting"; readonly at: number }
  /** From here on the model gets a shorter form of the conversation. */
  | {
      readonly type: "compaction";
      readonly compaction: Compaction;
      /** What making the summary took; null where nothing was asked or the model did not say. */
      readonly usage: TokenUsage | null;
      /** What the model gets, before and after. */
      readonly tokens?: TokenEstimates;
      readonly cost?: Cost;
      readonly at: number;
    }
  /** The latest compaction no longer counts. */
  | { readonly type: "compaction-undone"; readonly id: number; readonly at: number }
  /** This turn and all later ones are no part of the conversation any more; `messages` of it stay. */
  | { readonly type: "rewind"; readonly turnId: string; readonly messages: number; readonly at: number }
  /** What was rewound last is part of it again. */
  | { readonly type: "rewind-undone"; readonly at: number }
  /** The chat is put aside, or taken back among the others. */
  | { readonly type: "archived"; readonly archived: boolean; readonly at: number }
  | QueueEvent
  /** `cost`: of calls that led to no step's end. */
  | { readonly type: "turn-end"; readonly outcome: TurnOutcome; readonly at: number; readonly cost?: Cost };

/** The one way out of the loop. Must not throw. */
export type Emit = (event: ChatEvent) => void;
