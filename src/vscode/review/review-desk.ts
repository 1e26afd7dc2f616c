import { ToolError } from "../../agent/tool.ts";
import { untilAborted } from "../../agent/until-aborted.ts";
import type { ChatSession } from "../../chat/chat-session.ts";
import type { Prompt } from "../../chat/prompt.ts";
import { t, text } from "../../protocol/localize.ts";
import type { RestoreScope, Review, ReviewAction } from "../../protocol/review.ts";
import type { Hunk } from "../../tools/checkpoints/hunks.ts";
import type { RestorePlan } from "../../tools/checkpoints/restore-files.ts";
import type { SessionReview } from "../../tools/checkpoints/session-review.ts";
import type { WorkspaceFolder } from "../../tools/workspace.ts";
import type { Dialogs } from "../dialogs.ts";
import { resendPrompt } from "./resend-prompt.ts";
import type { ResendWays } from "./resend-question.ts";
import { describePlan, goesFurther, needsQuestion } from "./restore-question.ts";

/** Where changes are looked at. */
export interface ShowsChanges {
  /** The session whose changes are shown from now on, or whose changes are others now. */
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
  readonly resend: ResendWays;
  /** Puts a prompt that was taken back into the composer, with what was attached to it. */
  readonly prefill: (prompt: Prompt) => void;
  /** Takes such attachments out of the composer again. */
  readonly detach: (ids: readonly string[]) => void;
}

const IDLE_MS = 15_000;
const redoHint = text("Redo brings everything back until you send the next prompt.");

/** What the user does with a session's changes: looks at them, keeps or undoes them, goes back to a checkpoint, and again. */
export class ReviewDesk {
  readonly #options: ReviewDeskOptions;
  #showing: Promise<void> = Promise.resolve();
  /** What the panel was told that a restore would do. */
  #offered: { readonly turnId: string; readonly plan: RestorePlan } | undefined;

  constructor(options: ReviewDeskOptions) {
    this.#options = options;
  }

  /** Tells panel and editors what there is. */
  show(): Promise<void> {
    const { review, editors, onReview } = this.#options;
    const next = this.#showing.then(async () => {
      onReview({ ...(await review.look(this.#lastTurn)), ...this.#offer() });
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

  /** Tells the panel what going back to before a prompt would do to files. */
  async planRestore(turnId: string): Promise<void> {
    const turns = this.#turnsFrom(turnId);
    if (turns.size === 0) return;
    this.#offered = { turnId, plan: await this.#options.review.planCheckpoint(turns) };
    return this.show();
  }

  /**
   * Goes back to what was before a prompt. A running turn ends. The panel has asked; where more would be changed than it has
   * shown, or what somebody else changed would be lost, a dialog says so and asks once more.
   */
  async restore(turnId: string, scope: RestoreScope): Promise<void> {
    const { session, review } = this.#options;
    const turns = this.#turnsFrom(turnId);
    if (turns.size === 0) return;
    await this.#halt();
    const plan = scope === "conversation" ? undefined : await this.#settlePlan(turnId, turns);
    if (plan === null) return this.show();
    const [past, at] = [session.chat.past, session.chat.past.findIndex(({ id }) => id === turnId)];
    const last = scope === "files" ? past.at(-1) : past[at - 1];
    this.#offered = undefined;
    if (plan !== undefined) await review.restore(plan, last?.id);
    if (scope !== "files") this.#rewind(turnId);
    return this.show();
  }

  /** Sends another prompt in the place of a turn's. */
  async resend(turnId: string, text: string): Promise<void> {
    const begun = await resendPrompt(turnId, text, {
      ...this.#options,
      turnsFrom: (id) => this.#turnsFrom(id),
      later: (id) => this.#later(id),
      halt: () => this.#halt(),
      onRewind: () => {
        this.#offered = undefined;
      },
    });
    if (begun !== undefined) await Promise.all([begun.turn, this.show()]);
  }

  /** Takes the last restore back, files and conversation. */
  async redo(): Promise<void> {
    const { session, review, dialogs, folders } = this.#options;
    if (session.isRunning) return;
    const { canRedo } = await review.look(this.#lastTurn);
    if (canRedo) {
      const plan = await review.planRedo();
      if (needsQuestion(plan)) {
        const question = { title: t("Redo what the checkpoint took back?"), detail: describePlan(plan, folders()) };
        if ((await dialogs.ask({ ...question, buttons: [text("Redo")] })) === undefined) return;
      }
      await review.redo(plan);
    }
    this.#detachRewound();
    session.edits.undoRewind();
    await this.show();
  }

  /** Ends the turn. A call that Stop has left behind may still be writing, and would undo what is restored. */
  async #halt(): Promise<void> {
    const { session, review, idleMs = IDLE_MS } = this.#options;
    session.stop();
    await session.settled();
    await untilAborted(review.idle(), AbortSignal.timeout(idleMs)).catch(() => {
      throw new ToolError(
        t("A call of the turn that was stopped has not ended yet. Nothing was restored; try again when it has."),
      );
    });
    if (session.isClosed) throw new ToolError(t("The chat was closed meanwhile. Nothing was restored."));
  }

  get #lastTurn(): string | undefined {
    const { past, current } = this.#options.session.chat;
    return (current ?? past.at(-1))?.id;
  }

  #rewind(turnId: string): void {
    const { session, prefill } = this.#options;
    const text = session.chat.past.find(({ id }) => id === turnId)?.prompt;
    this.#detachRewound();
    if (!session.edits.rewind(turnId) || text === undefined) return;
    prefill({ text, attachments: session.queue.attachmentsOf(turnId) });
  }

  /** What came into the composer with a prompt that is in the conversation again, or makes room for an earlier one. */
  #detachRewound(): void {
    const { session, detach } = this.#options;
    const turns = session.chat.rewound?.turns ?? [];
    detach(turns.flatMap(({ id }) => session.queue.attachmentsOf(id)).map(({ id }) => id));
  }

  /** The ids of a turn, of those behind it, and of those that were taken back. */
  #turnsFrom(turnId: string): ReadonlySet<string> {
    const { past, current, rewound } = this.#options.session.chat;
    const ids = [...past, ...(current === null ? [] : [current])].map(({ id }) => id);
    const at = ids.indexOf(turnId);
    return new Set(at === -1 ? [] : [...ids.slice(at), ...(rewound?.turns ?? []).map(({ id }) => id)]);
  }

  /** How many turns came behind this one. */
  #later(turnId: string): number {
    return this.#turnsFrom(turnId).size - 1 - (this.#options.session.chat.rewound?.turns.length ?? 0);
  }

  #offer(): Pick<Review, "restore"> {
    if (this.#offered === undefined) return {};
    const { session, folders } = this.#options;
    const { turnId, plan } = this.#offered;
    // What runs may still change some.
    const hasFiles = plan.files.size > 0 || session.isRunning;
    return { restore: { turnId, detail: describePlan(plan, folders()), hasFiles } };
  }

  /** What is to be done to files, of which the user knows; null where they do not want it. */
  async #settlePlan(turnId: string, turns: ReadonlySet<string>): Promise<RestorePlan | null> {
    const { review, dialogs, folders } = this.#options;
    let shown = this.#offered?.turnId === turnId ? this.#offered.plan : undefined;
    let plan = await review.planCheckpoint(turns);
    let hasAsked = false;
    while (shown === undefined || goesFurther(plan, shown) || (plan.changedSince.length > 0 && !hasAsked)) {
      shown = plan;
      const detail = [describePlan(plan, folders()), t(redoHint)].filter(Boolean).join("\n\n");
      const question = { title: t("Restore the files of this checkpoint?"), detail, buttons: [text("Restore")] };
      if ((await dialogs.ask(question)) === undefined) return null;
      hasAsked = true;
      plan = await review.planCheckpoint(turns);
    }
    return plan;
  }

  async #undo(paths: readonly string[], all: boolean): Promise<void> {
    const { review, dialogs, folders } = this.#options;
    let shown = await review.planUndo(paths);
    for (;;) {
      const asks = all || needsQuestion(shown);
      const title = all
        ? t("Undo all changes of this chat that you have not kept?")
        : t("Undo the changes of this file?");
      const button = all ? text("Undo All") : text("Undo");
      const detail = describePlan(shown, folders());
      if (asks && (await dialogs.ask({ title, detail, buttons: [button] })) === undefined) return;
      const plan = await review.planUndo(paths);
      if (!goesFurther(plan, shown)) return review.undo(paths, plan);
      shown = plan;
    }
  }
}
