import { computed } from "@preact/signals";
import type { QueueAction } from "../../src/protocol/queued-prompt.ts";
import { announce } from "../announcements/announcer.tsx";
import { takeAttachmentIds } from "../attachments/attach-context.ts";
import { sendPrompt, sendWhileRunning } from "../host.ts";
import { runSlashCommand } from "../mentions/slash-commands.ts";
import { context, takesPrompt } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { stickToBottom } from "../transcript/stick-to-bottom.ts";
import { draft } from "./draft.ts";
import { PromptHistory } from "./prompt-history.ts";

export const history = new PromptHistory();

/** What becomes of a prompt while an answer runs. */
export type RunningAction = QueueAction | "stop";

/** What Enter does while an answer runs, and what Alt+Enter does. */
export const usualAction = computed<QueueAction>(() => context.value?.queueAction ?? "steer");
export const otherAction = computed<QueueAction>(() => (usualAction.value === "steer" ? "queue" : "steer"));

/** Sends the draft, unless it is empty; while an answer runs it waits for it. */
export function sendDraft(): void {
  sendDraftAs(usualAction.value);
}

export function sendDraftAs(action: RunningAction): void {
  const text = draft.value.trim();
  if (text === "") return;
  if (runSlashCommand(text)) {
    history.leave();
    draft.value = "";
    return;
  }
  const attachments = takeAttachmentIds();
  if (takesPrompt.value) sendPrompt(text, attachments);
  else {
    sendWhileRunning(text, attachments, action);
    if (action !== "stop") announce(action === "queue" ? t("Added to the queue.") : t("The model gets it next."));
  }
  history.leave();
  draft.value = "";
  stickToBottom.value = true;
}
