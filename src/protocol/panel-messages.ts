import type { ApprovalAnswer } from "./approval.ts";
import type { ChatMode } from "./chat-choice.ts";
import type { Attachment, ChatEvent } from "./chat-event.ts";
import type { ChatState } from "./chat-state.ts";
import type { Connection } from "./connection.ts";
import type { QuestionAnswer } from "./question.ts";
import type { Review, ReviewAction } from "./review.ts";
import type { RunningChoice } from "./running-choice.ts";

/** Commands of the host that the panel may ask for; each is also in the palette. */
export type PanelCommand =
  | "manageTrust"
  | "manageRules"
  | "selectModel"
  | "configureTools"
  | "selectIdentity"
  | "signIn"
  | "lowerMaxTokens"
  | "tryDemo"
  | "showLog"
  | "showUsage"
  | "escalate"
  | "failover"
  | "openSettings";

/** Everything that the panel may say. It requests; the host decides. */
export type ToHost =
  | { readonly type: "ready" }
  | { readonly type: "send"; readonly text: string; readonly attachments: readonly string[] }
  | { readonly type: "stop" }
  | { readonly type: "new-chat" }
  /** Go on with the last turn: after the step limit; after a failure or an interruption, ask again. */
  | { readonly type: "resume" }
  /** Go on behind the part of the answer that is there: after a cut by the connection or by the output limit. */
  | { readonly type: "continue" }
  /** Make the conversation shorter and go on with the last turn. */
  | { readonly type: "compact" }
  /** Send the conversation again as it was before the latest compaction. */
  | { readonly type: "undo-compaction"; readonly id: number }
  /** Do not wait for the retry. */
  | { readonly type: "retry-now" }
  | { readonly type: "approve"; readonly answer: ApprovalAnswer }
  /** What becomes of a call that runs for long. */
  | { readonly type: "choose-running"; readonly id: string; readonly choice: RunningChoice }
  /** Bring up the dialog in which this request is answered. */
  | { readonly type: "show-approval"; readonly id: string }
  | { readonly type: "answer-question"; readonly id: string; readonly answer: QuestionAnswer }
  /** From the next prompt on. */
  | { readonly type: "set-mode"; readonly mode: ChatMode }
  /** Of a changed file; without a path, of all of them. */
  | { readonly type: "review"; readonly action: ReviewAction; readonly path?: string }
  /** Compare what the call that waits would change. */
  | { readonly type: "show-diff"; readonly id: string }
  /** Go back to what was before the prompt of this turn, after a question. */
  | { readonly type: "restore"; readonly turnId: string }
  /** Take the last restore back. */
  | { readonly type: "redo" }
  | { readonly type: "remove-attachment"; readonly id: string }
  | { readonly type: "command"; readonly command: PanelCommand }
  | { readonly type: "open-link"; readonly href: string }
  /** A workspace file named in an answer. `line` is 1-based. */
  | { readonly type: "open-file"; readonly path: string; readonly line?: number };

/** What the host keeps for the panel beside the chat itself. */
export interface PanelContext {
  readonly connection: Connection;
  /** The mode of a chat for which none was chosen. */
  readonly mode: ChatMode;
  /** Attached to the next prompt. */
  readonly attachments: readonly Attachment[];
  /** The workspace is in Restricted Mode: there are no tools. */
  readonly restricted: boolean;
  /** What the repository brings that the user has not seen: instructions, tasks, settings without effect; a line each. */
  readonly repository: readonly string[];
  /** Prompts that the empty state offers; they fill the composer. */
  readonly suggestions: readonly string[];
}

export type ToWebview =
  /** The whole state; whatever the panel had before is void. `seq` numbers the last event it holds. */
  | {
      readonly type: "snapshot";
      readonly seq: number;
      readonly chat: ChatState;
      readonly context: PanelContext;
    }
  /** Events that follow `seq - events.length`. A gap means: say `ready` again. */
  | { readonly type: "events"; readonly seq: number; readonly events: readonly ChatEvent[] }
  | { readonly type: "context"; readonly context: PanelContext }
  /** Until the first one, and after each snapshot, no file counts as changed. */
  | { readonly type: "review"; readonly review: Review }
  /** Put text into the composer without sending it, and focus it. */
  | { readonly type: "prefill"; readonly text: string }
  | { readonly type: "focus-composer" };
