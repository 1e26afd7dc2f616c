import * as vscode from "vscode";
import type { SessionRequest } from "./panel-request.ts";
import { plainNotice } from "./plain-notice.ts";
import { compactByCommand } from "./sessions/compact-by-command.ts";
import type { ShownSession } from "./sessions/shown-session.ts";
import { tellFailure } from "./tell-failure.ts";

/** `prefill` puts a text into the composer. Settles when the session has done what it was asked; a turn that goes on is waited for. */
export async function askSession(
  message: SessionRequest,
  shown: ShownSession,
  prefill: (text: string) => void,
): Promise<void> {
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
      if (message.typed) return compactByCommand(session, { tell, prefill });
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
    case "queued-prompt":
      if (message.action === "send") await session.queue.sendNow(message.id);
      else session.queue.take(message.id);
      return;
    case "clear-queue":
      return session.queue.clear();
    case "resend":
      return tellFailure(async () => (await shown.desk()).resend(message.turnId, message.text));
    case "show-diff":
      return shown.showProposal(message.id);
    case "plan-restore":
      return tellFailure(async () => (await shown.desk()).planRestore(message.turnId));
    case "restore":
      return tellFailure(async () => (await shown.desk()).restore(message.turnId, message.scope));
    case "redo":
      return tellFailure(async () => (await shown.desk()).redo());
  }
}

function tell(text: string): void {
  void vscode.window.showInformationMessage(plainNotice(text));
}
