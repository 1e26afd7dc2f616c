import type { ApprovalRequest } from "./approval.ts";
import type { ChatChoice } from "./chat-choice.ts";
import type {
  Attachment,
  FinishedToolState,
  NoticeAction,
  PaceReason,
  SilentPhase,
  TurnOutcome,
} from "./chat-event.ts";
import type { Compaction, TokenEstimates } from "./compaction.ts";
import type { Connection } from "./connection.ts";
import type { ContextUse } from "./context-use.ts";
import type { Cost } from "./cost.ts";
import type { PlanItem } from "./plan.ts";
import type { OpenQuestion } from "./question.ts";
import type { QueuedPrompt } from "./queued-prompt.ts";
import type { RoutingTier } from "./routing.ts";
import type { Served } from "./served.ts";
import type { TokenUsage } from "./token-usage.ts";
import type { TurnError } from "./turn-error.ts";
import type { Withheld } from "./withheld.ts";

export type ToolCallStatus =
  | { readonly kind: "streaming" }
  | { readonly kind: "awaiting-approval"; readonly request: ApprovalRequest }
  | {
      readonly kind: "running";
      readonly since: number;
      /** The user may choose what becomes of it. It is ended at `endsAt`, null = never, unless the user waits on. */
      readonly choice?: { readonly endsAt: number | null };
    }
  | {
      readonly kind: FinishedToolState;
      readonly result: string;
      readonly durationMs: number;
      /** It ended before it had begun to run. */
      readonly notStarted?: boolean;
      /** The message that held it was cut at the output limit, so that it did not begin. */
      readonly cutOff?: boolean;
      /** What was run did not do well. */
      readonly warning?: boolean;
      /** The process that watched it ended while it ran: a program may run on. */
      readonly interrupted?: boolean;
    };

/** The visible life of one `toolUse` block. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** In the tense of its state. */
  readonly title: string;
  /** What it would do, in the imperative, for a call that waits or was not run; known once its input is. */
  readonly intent?: string;
  /** JSON text; a prefix of it while streaming. */
  readonly input: string;
  /** Live output while running. */
  readonly output: string;
  /** Why nobody was asked before it ran, in one sentence. */
  readonly allowedBy?: string;
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

/** Retries that are over: the answer came. */
export interface RecoveredPart {
  readonly kind: "recovered";
  readonly step: number;
  /** One for each retry, first to last. */
  readonly errors: readonly TurnError[];
  readonly durationMs: number;
}

export interface NoticePart {
  readonly kind: "notice";
  readonly step: number;
  readonly text: string;
  readonly action?: NoticeAction;
}

/** Which of two models serves the turn, and why. */
export interface RoutedPart {
  readonly kind: "routed";
  readonly step: number;
  readonly tier: RoutingTier;
  readonly reason: string;
  readonly connection: Connection;
}

export interface CompactionPart {
  readonly kind: "compaction";
  readonly step: number;
  readonly compaction: Compaction;
  readonly tokens?: TokenEstimates;
}

/** What the user said in the middle of the turn. */
export interface SteeredPart {
  readonly kind: "steered";
  readonly step: number;
  readonly id: string;
  readonly prompt: string;
  readonly attachments: readonly Attachment[];
}

export type TurnPart =
  | TextPart
  | ReasoningPart
  | ToolPart
  | RecoveredPart
  | NoticePart
  | RoutedPart
  | CompactionPart
  | SteeredPart;

/** A stream that has been silent for a while. */
export interface Silence {
  readonly phase: SilentPhase;
  /** When the last event came, and when the connection will be closed. */
  readonly since: number;
  readonly reconnectsAt: number;
  /** No attempt is left: what comes then is the end of the turn. */
  readonly givesUp?: true;
}

/** Retries of a step that have not led to an answer yet. */
export interface Trouble {
  readonly since: number;
  /** Each with the time at which it was told. */
  readonly errors: readonly TurnError[];
  /** Another model, or another place, is asked since the last of them. */
  readonly switched?: true;
}

/** What the turn does right now, for the typing indicator and the retry row. */
export type TurnPhase =
  /** Sent, nothing received yet. */
  | { readonly kind: "waiting"; readonly since: number }
  | { readonly kind: "streaming" }
  | { readonly kind: "tools" }
  /** The model writes a summary that takes the place of what came before. */
  | { readonly kind: "compacting"; readonly since: number }
  | {
      readonly kind: "pacing";
      readonly reason: PaceReason;
      readonly resumesAt: number;
      /** Per minute, where it is known. */
      readonly limit?: number;
    }
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
  /** Who answered last. */
  readonly connection: Connection;
  /** Later than the start where the turn has rested since: what has passed from here on is what the turn took. */
  readonly startedAt: number;
  readonly step: number;
  /** The last step whose answer is part of the conversation; what a later one showed may still be replaced. */
  readonly wholeStep: number;
  readonly parts: readonly TurnPart[];
  readonly phase: TurnPhase;
  readonly silence: Silence | null;
  /** The step whose shown parts are void: the next thing that comes takes their place. */
  readonly replacing: number | null;
  /** Retries of the current step that have not led to an answer; a turn that failed keeps them. */
  readonly trouble: Trouble | null;
  /** Sum over the steps; null while no step reported any. */
  readonly usage: TokenUsage | null;
  /** Sum over all model calls, the failed ones too; absent where none costs. */
  readonly cost?: Cost;
  /** After the last step of which it is known. */
  readonly context?: ContextUse;
  /** Taken up again after a restart: nothing runs until the user answers an approval, or sends another prompt instead. */
  readonly held?: true;
  /** What the service told beside its answers; absent where it told nothing. */
  readonly served?: Served;
  /** Retries that this turn needed so far. */
  readonly retries: number;
  /** What the user is asked, oldest first; absent where nothing is. */
  readonly questions?: readonly OpenQuestion[];
}

/** The fold of a session's events. `past` is not copied per event, so a delta costs the same in a long session. */
export interface ChatState extends ChatChoice {
  readonly sessionId: string;
  /** Absent until it has one. */
  readonly title?: string;
  readonly past: readonly Turn[];
  readonly current: Turn | null;
  /** Those in force, oldest first; the last one counts. */
  readonly compactions: readonly Compaction[];
  /** Blocks of the messages that are no longer sent. */
  readonly withheld: readonly Withheld[];
  /** What the model means to do; absent where it has no plan. */
  readonly plan?: readonly PlanItem[];
  /** What the user took back with a checkpoint, until another turn begins. */
  readonly rewound?: Rewound;
  /** Prompts that wait for the turn that runs, oldest first; absent where none does. */
  readonly queued?: readonly QueuedPrompt[];
  /** The user has put the chat aside. */
  readonly archived?: true;
  /** Cost of turns that were taken back for good. */
  readonly lost?: Cost;
}

/** The turns that were taken back, oldest first, and what else was as it is here before. */
export interface Rewound extends Pick<ChatState, "compactions" | "withheld" | "plan"> {
  readonly turns: readonly Turn[];
}

export function emptyChat(sessionId: string): ChatState {
  return { sessionId, past: [], current: null, compactions: [], withheld: [] };
}
