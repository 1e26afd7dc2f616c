import { makeVisibleLine } from "../../policy/display/make-visible.ts";
import type { ChatState, Turn } from "../../protocol/chat-state.ts";
import { plural, t } from "../../protocol/localize.ts";
import { plainNotice } from "../plain-notice.ts";
import { waitingApprovals } from "../waiting-approvals.ts";
import { countWaiting, type Waiting, waitingQuestions } from "../waiting-questions.ts";

/** What waits for the user in one of several sessions. */
export interface WaitingInSession extends Waiting {
  readonly sessionId: string;
}

/** What the view says beside the panel of all sessions of a window. */
export interface SessionsStatus {
  readonly waiting: readonly WaitingInSession[];
  /** How much waits, in two words; empty where nothing does. */
  readonly count: string;
  readonly badge: { readonly value: number; readonly tooltip: string };
}

/** What waits goes before what runs, and stays until it is answered. */
export function describeSessions(chats: readonly ChatState[]): SessionsStatus {
  const approvals = chats.flatMap((chat) => inSession(chat, waitingApprovals(chat)));
  const questions = chats.flatMap((chat) => inSession(chat, waitingQuestions(chat)));
  const waiting = [...approvals, ...questions];
  if (waiting.length > 0) {
    const count = countWaiting(approvals.length, questions.length);
    return { waiting, count, badge: { value: waiting.length, tooltip: t("{0} pending", count) } };
  }
  const running = chats.filter(({ current }) => current !== null).length;
  return {
    waiting,
    count: "",
    badge: { value: running, tooltip: plural(running, "{0} chat running", "{0} chats running") },
  };
}

/** What a hidden session is told to have come to, in one sentence. */
export function describeEnd(chat: ChatState): string | undefined {
  const last = chat.past.at(-1);
  if (last?.phase.kind !== "ended") return undefined;
  const name = nameForNotice(chat);
  switch (last.phase.outcome.kind) {
    case "completed":
      return t("The chat “{0}” has finished.", name);
    case "cancelled":
    case "interrupted":
      return undefined;
    case "failed":
      return t("The chat “{0}” has stopped with an error.", name);
    case "max-tokens":
    case "paused":
    case "step-limit":
    case "stopped":
      return t("The chat “{0}” has stopped and waits for you.", name);
  }
}

/** What a chat is called until it has a title, too. */
export function nameOf({ title, past, current }: ChatState): string {
  const first: Turn | null | undefined = past[0] ?? current;
  return makeVisibleLine(title ?? first?.prompt.trim().replace(/\s+/gu, " ").slice(0, 80) ?? "") || t("New Chat");
}

/** VS Code makes links of what a notification says: what could be one is taken apart. */
function nameForNotice(chat: ChatState): string {
  return plainNotice(nameOf(chat));
}

function inSession({ sessionId }: ChatState, waiting: readonly Waiting[]): readonly WaitingInSession[] {
  return waiting.map(({ id, title }) => ({ id, title, sessionId }));
}
