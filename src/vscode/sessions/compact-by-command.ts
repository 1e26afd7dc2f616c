import type { ChatSession } from "../../chat/chat-session.ts";
import { pauseOf } from "../../chat/resume-turn.ts";
import { t } from "../../protocol/localize.ts";

/** As it is typed. */
const command = "/compact";

export interface CompactWays {
  /** Says it to the user. */
  readonly tell: (text: string) => void;
  /** Puts a text into the composer. */
  readonly prefill: (text: string) => void;
}

/** Makes a chat shorter. Where it cannot be done now, it says why, and the command is in the composer again. */
export async function compactByCommand(session: ChatSession, { tell, prefill }: CompactWays): Promise<void> {
  if (session.isEmpty) return tell(t("There is nothing in this chat yet that could be left out."));
  const last = session.chat.past.at(-1);
  if (session.isRunning) {
    tell(t("A chat cannot be made shorter while a request runs. Do it when the request has ended, or stop it first."));
  } else if (last !== undefined && pauseOf(last) !== undefined) {
    tell(t("A chat cannot be made shorter while its last turn has paused. Go on with that first."));
  } else {
    await session.compact();
    return;
  }
  prefill(command);
}
