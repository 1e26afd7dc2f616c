import type { ApprovalAnswer } from "./approval.ts";
import type { Attachment, ContextItem, ContextReference, ImplicitContext, PromptFile } from "./attachment.ts";
import type { ChatMode, Permissions } from "./chat-choice.ts";
import type { ChatEvent } from "./chat-event.ts";
import type { ChatState } from "./chat-state.ts";
import type { AnswerCode, CodeAction } from "./code-action.ts";
import type { Connection } from "./connection.ts";
import type { Display } from "./display.ts";
import type { QuestionAnswer } from "./question.ts";
import type { QueueAction } from "./queued-prompt.ts";
import type { RestoreScope, Review, ReviewAction } from "./review.ts";
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
  | "showTerminal"
  | "escalate"
  | "failover"
  | "openSettings"
  | "setRegion"
  | "setApiKey"
  | "setUpGateway"
  | "addContext"
  | "renameChat"
  | "forkChat"
  | "exportChat"
  /** A dialog of the editor asks before anything is allowed. */
  | "allowAll"
  | "defaultPermissions";

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
  /** Make the conversation shorter and go on with the last turn. `typed`: as a command, which the composer had. */
  | { readonly type: "compact"; readonly typed?: true }
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
  /** Tell with the review what the checkpoint before this turn would do. */
  | { readonly type: "plan-restore"; readonly turnId: string }
  /** Go back to what was before the prompt of this turn. What somebody else changed since is lost only after a dialog. */
  | { readonly type: "restore"; readonly turnId: string; readonly scope: RestoreScope }
  /** Take the last restore back. */
  | { readonly type: "redo" }
  | { readonly type: "remove-attachment"; readonly id: string }
  /** `argument`: what was typed behind a slash command. */
  | { readonly type: "command"; readonly command: PanelCommand; readonly argument?: string }
  | { readonly type: "open-link"; readonly href: string }
  /** A workspace file named in an answer. Lines are 1-based, the last one included. */
  | { readonly type: "open-file"; readonly path: string; readonly line?: number; readonly endLine?: number }
  /** Which of these paths of answers lead to a file of the workspace. */
  | { readonly type: "check-paths"; readonly paths: readonly string[] }
  /** While a turn runs; where it has ended meanwhile, it is sent. `stop`: in the place of what runs. */
  | {
      readonly type: "send-while-running";
      readonly text: string;
      readonly attachments: readonly string[];
      readonly action: QueueAction | "stop";
    }
  /** Of a prompt that waits: back into the composer, away, or sent now in the place of what runs. */
  | { readonly type: "queued-prompt"; readonly id: string; readonly action: "edit" | "remove" | "send" }
  | { readonly type: "clear-queue" }
  /** Sends another prompt in the place of this turn's; what came from there on is taken back, after a question. */
  | { readonly type: "resend"; readonly turnId: string; readonly text: string }
  /** A new chat with what was said before this turn. */
  | { readonly type: "fork"; readonly turnId: string }
  /** What is in the composer now. */
  | ({ readonly type: "keep-draft" } & KeptDraft)
  /** Where the user reads now. */
  | ({ readonly type: "keep-place" } & KeptPlace)
  /** What may be attached, by what was typed behind the mark. Answers carry the number of the query. */
  | { readonly type: "find-context"; readonly query: number; readonly text: string }
  /** Attach this to the next prompt; its chip has the id from now on. */
  | { readonly type: "attach"; readonly id: string; readonly reference: ContextReference }
  /** Show what an attachment of the next prompt holds. */
  | { readonly type: "open-attachment"; readonly id: string }
  /** Take the active editor's file or selection along, or not. */
  | { readonly type: "toggle-implicit" }
  /** The prompt files that there are now. */
  | { readonly type: "find-prompts" }
  /** What the user does with a code block of an answer. */
  | ({ readonly type: "code-action"; readonly action: CodeAction } & AnswerCode)
  /** Whether the panel has the focus from now on. */
  | { readonly type: "focus"; readonly has: boolean };

/** What the panel says while it shows a chat: what acts on a chat acts on that one, whichever the host shows by then. */
export type FromPanel = ToHost & { readonly chat?: string | undefined };

/** Where the user reads in a chat. */
export interface KeptPlace {
  readonly session: string;
  /** By a turn, counted from the chat's first one, and the CSS pixels from the upper edge to it; null: at the chat's end. */
  readonly place: { readonly turn: number; readonly offset: number } | null;
}

/** What was written and not sent. `session`: the chat that it is for; empty: a new one. */
export interface KeptDraft {
  readonly session: string;
  readonly text: string;
}

/** What the host keeps for the panel beside the chat itself. */
export interface PanelContext {
  readonly connection: Connection;
  /** The mode of a chat for which none was chosen. */
  readonly mode: ChatMode;
  /** What Enter does with a prompt while a turn runs. */
  readonly queueAction: QueueAction;
  /** Attached to the next prompt. */
  readonly attachments: readonly Attachment[];
  /** The workspace is in Restricted Mode: there are no tools. */
  readonly restricted: boolean;
  /** What the repository brings that the user has not seen: instructions, tasks, settings without effect; a line each. */
  readonly repository: readonly string[];
  /** What there has to be before Bedrock can answer, and is not. */
  readonly missing?: "identity" | "region" | "model" | undefined;
  /** Prompts that the empty state offers; they fill the composer. */
  readonly suggestions: readonly string[];
  /** What the active editor shows, where it may be sent. */
  readonly implicit?: ImplicitContext;
  /** How the transcript looks and speaks; absent: as the settings' defaults say. */
  readonly display?: Display;
  /** Of the chat; absent: there is nothing to choose, the default holds. */
  readonly permissions?: Permissions;
}

export type ToWebview =
  /** The whole state; whatever the panel had before is void. `seq` numbers the last event it holds. */
  | {
      readonly type: "snapshot";
      readonly seq: number;
      readonly chat: ChatState;
      readonly context: PanelContext;
      /** What the host was last told of the composer. */
      readonly draft?: KeptDraft;
      /** What it was last told of where the user reads in this chat; undefined: nothing. */
      readonly place?: KeptPlace["place"];
    }
  /** Events that follow `seq - events.length`. A gap means: say `ready` again. */
  | { readonly type: "events"; readonly seq: number; readonly events: readonly ChatEvent[] }
  | { readonly type: "context"; readonly context: PanelContext }
  /** Until the first one, and after each snapshot, no file counts as changed. */
  | { readonly type: "review"; readonly review: Review }
  /** Put text into the composer without sending it, and focus it. */
  | { readonly type: "prefill"; readonly text: string }
  | { readonly type: "focus-composer" }
  /** Focus the approval, or the question, that waits longest. */
  | { readonly type: "focus-approval" }
  /** What was found for a query so far; a later answer to it replaces this one. */
  | {
      readonly type: "context-found";
      readonly query: number;
      readonly items: readonly ContextItem[];
      readonly isComplete: boolean;
    }
  /** Of the paths that were asked about, those that lead nowhere. */
  | { readonly type: "paths-missing"; readonly paths: readonly string[] }
  | { readonly type: "prompts-found"; readonly prompts: readonly PromptFile[] }
  /** Unfold the to-dos and go to them, or back. */
  | { readonly type: "toggle-todos" }
  /** Forget what was written for a deleted chat; without one, all that is kept: everything was deleted. */
  | { readonly type: "drop-drafts"; readonly session?: string };
