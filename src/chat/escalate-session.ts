import type { TurnOutcome } from "../protocol/chat-event.ts";
import type { ChatSession } from "./chat-session.ts";
import { hasCompleted, pauseOf } from "./resume-turn.ts";

/**
 * The stronger of two models answers: from the next step on while a turn runs, behind what broke off, and again where
 * the answer was whole.
 */
export async function escalateSession(
  session: Pick<ChatSession, "chat" | "connection" | "isRunning" | "resume" | "send">,
): Promise<TurnOutcome | undefined> {
  if (session.isRunning) {
    session.connection.escalate();
    return undefined;
  }
  const last = session.chat.past.at(-1);
  if (last === undefined || pauseOf(last) !== undefined) return undefined;
  if (hasCompleted(last)) return session.send({ text: last.prompt, attachments: [] }, "frontier");
  session.connection.escalate();
  return session.resume();
}
