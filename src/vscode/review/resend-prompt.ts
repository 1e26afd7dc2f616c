import type { ChatSession } from "../../chat/chat-session.ts";
import { chosenOf, type Prompt } from "../../chat/prompt.ts";
import type { SessionReview } from "../../tools/checkpoints/session-review.ts";
import type { WorkspaceFolder } from "../../tools/workspace.ts";
import type { Dialogs } from "../dialogs.ts";
import { askResend, type ResendWays } from "./resend-question.ts";
import { goesFurther } from "./restore-question.ts";

/** The chat in which a prompt is sent again. */
export interface ResendPlace {
  readonly session: ChatSession;
  readonly review: SessionReview;
  readonly dialogs: Dialogs;
  readonly folders: () => readonly WorkspaceFolder[];
  readonly resend: ResendWays;
  /** The ids of a turn, of those behind it, and of those that were taken back. */
  readonly turnsFrom: (turnId: string) => ReadonlySet<string>;
  /** How many turns came behind this one. */
  readonly later: (turnId: string) => number;
  /** Ends the turn. */
  readonly halt: () => Promise<void>;
  /** Turns are about to be taken back. */
  readonly onRewind: () => void;
}

interface Begun {
  readonly turn: Promise<unknown>;
}

/**
 * Sends another prompt in the place of a turn's: what came from there on is taken back, as far as the user agrees. What is
 * not sent, and nowhere else any more, is in the composer again. @returns the turn that has begun, if one has
 */
export async function resendPrompt(turnId: string, text: string, place: ResendPlace): Promise<Begun | undefined> {
  const { session, resend } = place;
  const chosen = { text, attachments: chosenOf(session.queue.attachmentsOf(turnId)) };
  let begun: Begun | undefined;
  try {
    begun = await resend.keepOpen(() => begin(turnId, chosen, place));
  } finally {
    const before = session.chat.past.find(({ id }) => id === turnId)?.prompt;
    const isElsewhere = before === text || (before !== undefined && resend.isInPanel());
    if (begun === undefined && !isElsewhere) resend.giveBack(chosen);
  }
  return begun;
}

async function begin(turnId: string, chosen: Prompt, place: ResendPlace): Promise<Begun | undefined> {
  const { session, review, dialogs, folders, resend, turnsFrom, later, halt, onRewind } = place;
  const turns = turnsFrom(turnId);
  if (turns.size === 0) return undefined;
  const prompt = await resend.attend(chosen, turnId);
  if (!(await resend.maySend(prompt))) return undefined;
  let shown = await review.planCheckpoint(turns);
  for (;;) {
    const facts = { later: later(turnId), isRunning: session.isRunning, folders: folders() };
    const answer = await askResend(shown, facts, dialogs, resend);
    if (answer === undefined) return undefined;
    await halt();
    const plan = await review.planCheckpoint(turns);
    if (answer === "undo" && goesFurther(plan, shown)) {
      shown = plan;
      continue;
    }
    const { past } = session.chat;
    const before = past[past.findIndex(({ id }) => id === turnId) - 1];
    if (answer === "undo" && plan.files.size > 0) await review.restore(plan, before?.id);
    onRewind();
    if (!session.edits.rewind(turnId)) return undefined;
    const turn = session.send(prompt).then((outcome) => {
      if (outcome === undefined) resend.giveBack(chosen);
    });
    return { turn };
  }
}
