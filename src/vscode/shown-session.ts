import * as vscode from "vscode";
import type { ChatSession } from "../chat/chat-session.ts";
import type { OpenedSession } from "../chat/session-folder.ts";
import type { SessionPolicy } from "../policy/session-policy.ts";
import type { ChatEvent } from "../protocol/chat-event.ts";
import { readPolicySettings } from "./policy-settings.ts";
import type { ReviewDesk } from "./review/review-desk.ts";
import { SessionDialogs, type SessionDialogsOptions } from "./session-dialogs.ts";

/** A session, and what decides, masks and keeps rules for it. */
export interface GuardedSession {
  readonly session: ChatSession;
  readonly policy: SessionPolicy;
  /** Ends what runs beside its turns: what tools have started and nobody waits for, a title that is being written. */
  readonly end: () => Promise<void>;
  /** What the user does with what it changed; loads it. */
  readonly desk: () => Promise<ReviewDesk>;
  /** Opens what a call that waits would change. */
  readonly showProposal: (callId: string) => Promise<void>;
  /** Tells the panel and the editors, where there may be something to tell. */
  readonly showReview: () => Promise<void>;
}

/** The session that the panel shows. */
export interface ShownSession extends GuardedSession {
  readonly dialogs: SessionDialogs;
  readonly unsubscribe: () => void;
  /** Ends what was left running, and nothing more is kept. */
  readonly close: () => Promise<void>;
}

export interface ShowOptions extends Pick<SessionDialogsOptions, "dialogs" | "showWhole" | "report"> {
  readonly forward: (event: ChatEvent, session: ChatSession) => void;
}

/** Follows a session from now on. */
export function showSession(
  opened: OpenedSession,
  guarded: GuardedSession,
  { forward, ...options }: ShowOptions,
): ShownSession {
  const { session, policy, end } = guarded;
  const dialogs = new SessionDialogs({
    ...options,
    session,
    isFocused: () => vscode.window.state.focused,
    tell: (text) => void vscode.window.showInformationMessage(text),
    holdsSecret: (text) => policy.mask(text) !== text,
    limits: readPolicySettings,
  });
  const unsubscribe = session.subscribe((event) => {
    forward(event, session);
    dialogs.see(event);
  });
  const close = async (): Promise<void> => {
    await end();
    await opened.close();
  };
  return { ...guarded, close, dialogs, unsubscribe };
}
