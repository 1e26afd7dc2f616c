import { ToolError } from "../../agent/tool.ts";
import { untilAborted } from "../../agent/until-aborted.ts";
import type { ChatSession } from "../../chat/chat-session.ts";
import type { Review, ReviewAction } from "../../protocol/review.ts";
import type { Hunk } from "../../tools/checkpoints/hunks.ts";
import type { RestorePlan } from "../../tools/checkpoints/restore-files.ts";
import type { SessionReview } from "../../tools/checkpoints/session-review.ts";
import type { WorkspaceFolder } from "../../tools/workspace.ts";
import type { Dialogs } from "../dialogs.ts";
import { describePlan, goesFurther, needsQuestion } from "./restore-question.ts";

/** What the editors show of a session's changes. */
export interface ShowsChanges {
  show(review: SessionReview): Promise<void>;
  open(path: string): Promise<void>;
  openAll(paths: readonly string[]): Promise<void>;
}

export interface ReviewDeskOptions {
  readonly session: ChatSession;
  readonly review: SessionReview;
  readonly editors: ShowsChanges;
  readonly dialogs: Dialogs;
  readonly folders: () => readonly WorkspaceFolder[];
  /** How long a restore waits for calls of a stopped turn. */
  readonly idleMs?: number;
  /** What is listed is another. */
  readonly onReview: (review: Review) => void;
  /** Puts a prompt that was taken back into the composer. */
  readonly prefill: (prompt: string) => void;
}

const IDLE_MS = 15_000;
const both = "Restore Files and Conversation";
const filesOnly = "Restore Files Only";
const conversationOnly = "Restore Conversation Only";

/** What the user does with a session's changes: looks at them, keeps or undoes them, goes back to a checkpoint, and again. */
export class ReviewDesk {
  readonly #options: ReviewDeskOptions;
  #showing: Promise<void> = Promise.resolve();

  constructor(options: ReviewDeskOptions) {
    this.#options = options;
  }

  /** Tells panel and editors what there is. */
  show(): Promise<void> {
    const { review, editors, onReview } = this.#options;
    const next = this.#showing.then(async () => {
      onReview(await review.look(this.#lastTurn));
      await editors.show(review);
    });
    this.#showing = next.catch(() => undefined);
    return next;
  }

  /** `path` left out: every file of the list. */
  async act(action: ReviewAction, path?: string): Promise<void> {
    const { review, editors } = this.#options;
    const listed = await review.paths();
    const paths = path === undefined ? listed : listed.filter((known) => known === path);
    const [first] = paths;
    if (first === undefined) return this.show();
    switch (action) {
      case "open":
        return path === undefined && paths.length > 1 ? editors.openAll(paths) : editors.open(first);
      case "keep":
        return review.keep(paths);
      case "undo":
        return this.#undo(paths, path === undefined);
    }
  }

  async actOnHunk(path: string, hunk: Hunk, keeps: boolean): Promise<void> {
    const { review } = this.#options;
    await (keeps ? review.keepHunk(path, hunk) : review.undoHunk(path, hunk));
  }

  /** Goes back to what was before a prompt, after a question that says what happens. A running turn ends. */
  async restore(turnId: string): Promise<void> {
    const { session, review, dialogs } = this.#options;
    const turns = this.#turnsFrom(turnId);
    if (turns.size === 0) return;
    let shown = await review.planCheckpoint(turns);
    for (;;) {
      // What runs may still change some.
      const hasFiles = shown.files.size > 0 || session.isRunning;
      const buttons = hasFiles ? ([both, filesOnly, conversationOnly] as const) : ([conversationOnly] as const);
      const answer = await dialogs.ask({ ...this.#question(turnId, shown), buttons });
      if (answer === undefined) return;
      session.stop();
      await session.settled();
      await this.#untilIdle();
      const plan = await review.planCheckpoint(turns);
      if (answer !== conversationOnly && goesFurther(plan, shown)) {
        shown = plan;
        continue;
      }
      const [past, at] = [session.chat.past, session.chat.past.findIndex(({ id }) => id === turnId)];
      const last = answer === filesOnly ? past.at(-1) : past[at - 1];
      if (answer !== conversationOnly) await review.restore(plan, last?.id);
      if (answer !== filesOnly) this.#rewind(turnId);
      return this.show();
    }
  }

  /** Takes the last restore back, files and conversation. */
  async redo(): Promise<void> {
    const { session, review, dialogs, folders } = this.#options;
    if (session.isRunning) return;
    const { canRedo } = await review.look(this.#lastTurn);
    if (canRedo) {
      const plan = await review.planRedo();
      if (needsQuestion(plan)) {
        const question = { title: "Redo what the checkpoint took back?", detail: describePlan(plan, folders()) };
        if ((await dialogs.ask({ ...question, buttons: ["Redo"] })) === undefined) return;
      }
      await review.redo(plan);
    }
    session.edits.undoRewind();
    await this.show();
  }

  /** A call that Stop has left behind may still be writing, and would undo what is restored. */
  async #untilIdle(): Promise<void> {
    const { review, idleMs = IDLE_MS } = this.#options;
    const limit = AbortSignal.timeout(idleMs);
    await untilAborted(review.idle(), limit).catch(() => {
      throw new ToolError(
        "A call of the turn that was stopped has not ended yet. Nothing was restored; try again when it has.",
      );
    });
  }

  get #lastTurn(): string | undefined {
    const { past, current } = this.#options.session.chat;
    return (current ?? past.at(-1))?.id;
  }

  #rewind(turnId: string): void {
    const { session, prefill } = this.#options;
    const prompt = session.chat.past.find(({ id }) => id === turnId)?.prompt;
    if (session.edits.rewind(turnId) && prompt !== undefined) prefill(prompt);
  }

  /** The ids of a turn, of those behind it, and of those that were taken back. */
  #turnsFrom(turnId: string): ReadonlySet<string> {
    const { past, current, rewound } = this.#options.session.chat;
    const ids = [...past, ...(current === null ? [] : [current])].map(({ id }) => id);
    const at = ids.indexOf(turnId);
    return new Set(at === -1 ? [] : [...ids.slice(at), ...(rewound?.turns ?? []).map(({ id }) => id)]);
  }

  #question(turnId: string, plan: RestorePlan): { readonly title: string; readonly detail: string } {
    const { session, folders } = this.#options;
    const later = this.#turnsFrom(turnId).size - 1 - (session.chat.rewound?.turns.length ?? 0);
    const prompts = later === 0 ? "This prompt" : `This prompt and ${later} later ${later === 1 ? "one" : "ones"}`;
    const detail = [
      `${prompts} will be removed from the conversation; the text returns to the input box.`,
      ...(session.isRunning ? ["The running turn ends."] : []),
      plan.files.size === 0 ? "No file has to be changed." : "",
      describePlan(plan, folders()),
      "Redo brings everything back until you send the next prompt.",
    ];
    return { title: "Restore the checkpoint before this prompt?", detail: detail.filter(Boolean).join("\n\n") };
  }

  async #undo(paths: readonly string[], all: boolean): Promise<void> {
    const { review, dialogs, folders } = this.#options;
    let shown = await review.planUndo(paths);
    for (;;) {
      const asks = all || needsQuestion(shown);
      const title = all ? "Undo all changes of this chat that you have not kept?" : "Undo the changes of this file?";
      const button = all ? "Undo All" : "Undo";
      const detail = describePlan(shown, folders());
      if (asks && (await dialogs.ask({ title, detail, buttons: [button] })) === undefined) return;
      const plan = await review.planUndo(paths);
      if (!goesFurther(plan, shown)) return review.undo(paths, plan);
      shown = plan;
    }
  }
}
