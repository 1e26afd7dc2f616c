import type { Attachment } from "../../src/protocol/attachment.ts";
import { Icon } from "../icon.tsx";
import { visibleText } from "../markdown/visible-text.ts";
import { t } from "../strings.ts";
import { describeAttachment, hoverOf, iconOf } from "./describe-attachment.ts";

interface ChipProps {
  readonly attachment: Attachment;
  /** Left out where there is nothing to open. */
  readonly onOpen?: (() => void) | undefined;
  readonly onRemove?: () => void;
}

/** What goes, or went, along with a prompt: its icon says what it is, a press shows it, Delete takes it away. */
export function AttachmentChip({ attachment, onOpen, onRemove }: ChipProps) {
  const { problem } = attachment;
  const spoken = describeChip(attachment);
  const onKeyDown = (event: KeyboardEvent) => {
    if (onRemove === undefined || (event.key !== "Delete" && event.key !== "Backspace")) return;
    event.preventDefault();
    onRemove();
  };
  const content = (
    <>
      <Icon name={iconOf(attachment)} />
      <span class="chip-label">{visibleText(attachment.label)}</span>
      {problem !== undefined && <span class="chip-problem"> {t("not sent")}</span>}
    </>
  );
  return (
    <span class={`chip ${problem === undefined ? "" : "chip-refused"}`} title={hoverOf(attachment)}>
      {onOpen === undefined ? (
        <span class="chip-content">
          {content}
          <span class="visually-hidden">{spoken}</span>
        </span>
      ) : (
        <button
          type="button"
          class="chip-content chip-button"
          aria-label={spoken}
          onClick={onOpen}
          onKeyDown={onKeyDown}
        >
          {content}
        </button>
      )}
      {onRemove !== undefined && (
        <button
          type="button"
          class="chip-remove"
          aria-label={t("Remove {0}", attachment.label)}
          title={t("Remove (Delete)")}
          onClick={onRemove}
          onKeyDown={onKeyDown}
        >
          <Icon name="close" />
        </button>
      )}
    </span>
  );
}

function describeChip(attachment: Attachment): string {
  const { problem, loading } = attachment;
  const name = describeAttachment(attachment);
  if (problem !== undefined) return `${attachment.label} ${t("not sent")}, ${name}, ${problem}`;
  return loading ? t("{0}, still being read", name) : name;
}
