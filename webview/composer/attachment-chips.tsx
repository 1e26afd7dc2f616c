import type { Attachment } from "../../src/protocol/chat-event.ts";
import { removeAttachment } from "../host.ts";
import { Icon } from "../icon.tsx";
import { context } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { focusComposer } from "./draft.ts";

/** What goes along with the next prompt. */
export function AttachmentChips() {
  const attachments = context.value?.attachments ?? [];
  if (attachments.length === 0) return null;
  return (
    <ul class="chips" aria-label={t("Attached context")}>
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <RemovableChip attachment={attachment} />
        </li>
      ))}
    </ul>
  );
}

function RemovableChip({ attachment }: { readonly attachment: Attachment }) {
  const remove = () => {
    removeAttachment(attachment.id);
    focusComposer();
  };
  return (
    <span class="chip" title={describeRange(attachment)}>
      <Icon name="file" />
      <span class="chip-label">{attachment.label}</span>
      <button
        type="button"
        class="chip-remove"
        aria-label={t("Remove {0}", describeAttachment(attachment))}
        title={t("Remove (Delete)")}
        onClick={remove}
        onKeyDown={(event) => {
          if (event.key !== "Delete" && event.key !== "Backspace") return;
          event.preventDefault();
          remove();
        }}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}

function describeRange({ path, startLine, endLine }: Attachment): string {
  return startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}-${endLine}`;
}

/** As a screen reader says it. */
export function describeAttachment({ label, path, startLine, endLine }: Attachment): string {
  return t("{0}, attached file, {1}, line {2} to line {3}", label, path, startLine, endLine);
}
