import type { ToHost } from "../protocol/panel-messages.ts";
import type { ShownSession } from "./shown-session.ts";
import { tellFailure } from "./tell-failure.ts";

/** What the panel may ask of the session that it shows. */
export type SessionRequest = Exclude<
  ToHost,
  { type: "ready" | "send" | "new-chat" | "remove-attachment" | "command" | "open-link" | "open-file" }
>;

/** Settles when the session has done what it was asked; a turn that goes on is waited for. */
export async function askSession(message: SessionRequest, shown: ShownSession): Promise<void> {
  const { session, dialogs } = shown;
  switch (message.type) {
    case "stop":
      return session.stop();
    case "resume":
      return dialogs.resume();
    case "continue":
      await session.continue();
      return;
    case "compact":
      await session.compact();
      return;
    case "undo-compaction":
      return session.edits.undoCompaction(message.id);
    case "retry-now":
      return session.connection.sendNow();
    case "approve":
      return dialogs.answer(message.answer);
    case "answer-question":
      session.talk.answer(message.id, message.answer);
      return;
    case "set-mode":
      return session.offer.choose({ mode: message.mode });
    case "choose-running":
      return session.running.choose(message.id, message.choice);
    case "show-approval":
      return dialogs.show(message.id);
    case "review":
      return tellFailure(async () => (await shown.desk()).act(message.action, message.path));
    case "show-diff":
      return shown.showProposal(message.id);
    case "restore":
      return tellFailure(async () => (await shown.desk()).restore(message.turnId));
    case "redo":
      return tellFailure(async () => (await shown.desk()).redo());
  }
}
