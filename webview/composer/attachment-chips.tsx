import type { Attachment, ImplicitContext } from "../../src/protocol/attachment.ts";
import { AttachmentChip } from "../attachments/attachment-chip.tsx";
import { hoverOf, iconOf } from "../attachments/describe-attachment.ts";
import { openAttachment, removeAttachment, toggleImplicit } from "../host.ts";
import { Icon } from "../icon.tsx";
import { context } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { focusComposer } from "./draft.ts";

/** What goes along with the next prompt, and what the active editor suggests. */
export function AttachmentChips() {
  const { attachments = [], implicit } = context.value ?? {};
  if (attachments.length === 0 && implicit === undefined) return null;
  return (
    <ul class="chips" aria-label={t("Attached context")}>
      {implicit !== undefined && (
        <li key="implicit">
          <ImplicitChip implicit={implicit} />
        </li>
      )}
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <AttachmentChip
            attachment={attachment}
            onOpen={() => openAttachment(attachment.id)}
            onRemove={() => {
              removeAttachment(attachment.id);
              focusComposer();
            }}
          />
        </li>
      ))}
    </ul>
  );
}

function describeImplicit({ kind, label, startLine, endLine }: Attachment): string {
  if (kind !== "selection" || startLine === undefined) return t("{0}, the active editor", label);
  return t("{0}, selection in the active editor, line {1} to line {2}", label, startLine, endLine ?? startLine);
}

/** A press takes the active editor's file or selection along, or leaves it. */
function ImplicitChip({ implicit: { attachment, enabled } }: { readonly implicit: ImplicitContext }) {
  const does = enabled
    ? t("It goes with the next prompt; press to leave it out.")
    : t("Press to send it with the next prompt.");
  return (
    <button
      type="button"
      class={`chip chip-content chip-button chip-implicit ${enabled ? "" : "chip-suggested"}`}
      aria-pressed={enabled}
      aria-label={describeImplicit(attachment)}
      title={`${hoverOf(attachment)}\n${does}`}
      onClick={toggleImplicit}
    >
      <Icon name={enabled ? iconOf(attachment) : "add"} />
      <span class="chip-label">{attachment.label}</span>
    </button>
  );
}
