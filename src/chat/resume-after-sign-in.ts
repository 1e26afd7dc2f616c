import type { TurnOutcome } from "../protocol/chat-event.ts";
import type { ChatSession } from "./chat-session.ts";

/** The user has signed in: a turn that ended for want of it goes on with the same messages, as if Retry were pressed. */
export async function resumeAfterSignIn(
  session: Pick<ChatSession, "chat" | "resume">,
): Promise<TurnOutcome | undefined> {
  const phase = session.chat.past.at(-1)?.phase;
  if (phase?.kind !== "ended" || phase.outcome.kind !== "failed") return undefined;
  return phase.outcome.error.actions.includes("sign-in") ? session.resume() : undefined;
}
