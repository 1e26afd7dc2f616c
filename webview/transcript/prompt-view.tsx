import type { Turn } from "../../src/protocol/chat-state.ts";
import { describeAttachment } from "../composer/attachment-chips.tsx";
import { openFile, restoreCheckpoint } from "../host.ts";
import { Icon } from "../icon.tsx";
import { visibleText } from "../markdown/visible-text.ts";
import { IconButton } from "../primitives/button.tsx";
import { t } from "../strings.ts";

/** What the user said, as they wrote it. */
export function PromptView({ turn }: { readonly turn: Turn }) {
  return (
    <li class="prompt">
      <h2 class="visually-hidden">{t("You")}</h2>
      <div class="prompt-row">
        <div class="prompt-bubble">{visibleText(turn.prompt)}</div>
        <IconButton
          icon="discard"
          class="prompt-restore"
          label={t("Restore Checkpoint…")}
          title={t("Restore Checkpoint: files and conversation as they were before this prompt")}
          onPress={() => restoreCheckpoint(turn.id)}
        />
      </div>
      {turn.attachments.length > 0 && (
        <ul class="chips prompt-chips" aria-label={t("Attached context")}>
          {turn.attachments.map((attachment) => (
            <li key={attachment.id}>
              <button
                type="button"
                class="chip chip-button"
                aria-label={t("Open {0}", describeAttachment(attachment))}
                title={attachment.path}
                onClick={() => openFile(attachment.path, attachment.startLine)}
              >
                <Icon name="file" />
                <span class="chip-label">{attachment.label}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
