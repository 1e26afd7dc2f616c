import * as vscode from "vscode";
import type { ChatSession } from "../../chat/chat-session.ts";
import type { OpenedSession } from "../../chat/session-folder.ts";
import type { SessionPolicy } from "../../policy/session-policy.ts";
import type { ChatEvent } from "../../protocol/chat-event.ts";
import type { SessionPrograms } from "../../tools/running/session-programs.ts";
import { plainNotice } from "../plain-notice.ts";
import { readPolicySettings } from "../policy-settings.ts";
import type { ReviewDesk } from "../review/review-desk.ts";
import { SessionDialogs, type SessionDialogsOptions } from "../session-dialogs.ts";
import type { OpenSession } from "./open-sessions.ts";

/** A session, and what decides, masks and keeps rules for it. */
export interface GuardedSession {
  readonly session: ChatSession;
  readonly policy: SessionPolicy;
  /** Ends what runs beside its turns: what tools have started and nobody waits for, a title that is being written. */
  readonly end: () => Promise<void>;
  /** Resolves when no title of it is being written. */
  readonly entitled: () => Promise<void>;
  /** What its tools have started and nobody waits for; undefined where no tool has run. */
  readonly programs: () => Promise<SessionPrograms | undefined>;
  /** What the user does with what it changed; loads it. */
  readonly desk: () => Promise<ReviewDesk>;
  /** Opens what a call that waits would change. */
  readonly showProposal: (callId: string) => Promise<void>;
  /** Tells the panel and the editors, where there may be something to tell. */
  readonly showReview: () => Promise<void>;
}

/** A session that the panel shows, or can show at any moment. */
export interface ShownSession extends GuardedSession, OpenSession {
  readonly programs: GuardedSession["programs"];
  readonly dialogs: SessionDialogs;
}

export interface ShowOptions extends Pick<SessionDialogsOptions, "dialogs" | "showWhole" | "report"> {
  readonly forward: (event: ChatEvent, session: ChatSession) => void;
  /** Whether the panel shows it at this moment: no dialog comes by itself for what is not shown. */
  readonly isShown: (sessionId: string) => boolean;
  readonly isSending: (sessionId: string) => boolean;
  readonly onClosed: (sessionId: string) => void;
}

/** Follows a session from now on. */
export function showSession(
  opened: OpenedSession,
  guarded: GuardedSession,
  { forward, isShown, isSending, onClosed, ...options }: ShowOptions,
): ShownSession {
  const { session, policy, end } = guarded;
  const dialogs = new SessionDialogs({
    ...options,
    session,
    isFocused: () => vscode.window.state.focused,
    tell: (text) => void vscode.window.showInformationMessage(plainNotice(text)),
    holdsSecret: (text) => policy.mask(text) !== text,
    limits: readPolicySettings,
  });
  const unsubscribe = session.subscribe((event) => {
    forward(event, session);
    if (isShown(session.chat.sessionId) || event.type.startsWith("turn-")) dialogs.see(event);
  });
  const close = async (): Promise<void> => {
    await end();
    await opened.close();
    onClosed(session.chat.sessionId);
  };
  return { ...guarded, close, dialogs, unsubscribe, isSending: () => isSending(session.chat.sessionId) };
}
