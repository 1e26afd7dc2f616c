import type { CompactionPart, NoticePart, RecoveredPart } from "../../src/protocol/chat-state.ts";
import { undoCompaction } from "../host.ts";
import { Icon, type IconName } from "../icon.tsx";
import { MarkdownView } from "../markdown/markdown-view.tsx";
import { visibleText } from "../markdown/visible-text.ts";
import { Button } from "../primitives/button.tsx";
import { Disclosure } from "../primitives/disclosure.tsx";
import { chat, running } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { describeCompaction, describeRecovery } from "./describe-remarks.ts";
import { ErrorList } from "./error-details.tsx";

/** Retries that are over; what had failed is in the fold. */
export function RecoveredRow({ part }: { readonly part: RecoveredPart }) {
  return (
    <Disclosure class="quiet-row" header={<QuietHeader icon="check" text={describeRecovery(part)} />}>
      {() => <ErrorList errors={part.errors} />}
    </Disclosure>
  );
}

/** Something that the user should know of the request. */
export function NoticeRow({ part }: { readonly part: NoticePart }) {
  return (
    <div class="quiet-row quiet-line">
      <QuietHeader icon="info" text={visibleText(part.text)} />
    </div>
  );
}

/** From here on the model got a shorter form of the conversation. The latest one can be undone. */
export function CompactionRow({ part }: { readonly part: CompactionPart }) {
  const { compaction } = part;
  const inForce = chat.value?.compactions ?? [];
  const undone = !inForce.some(({ id }) => id === compaction.id);
  const words = describeCompaction(part);
  const text = undone ? t("{0} (undone)", words) : words;
  const undoable = inForce.at(-1)?.id === compaction.id && !running.value;
  return (
    <div class="compaction">
      {compaction.kind === "summary" ? (
        <Disclosure class="quiet-row" header={<QuietHeader icon="fold" text={text} />}>
          {() => <MarkdownView text={compaction.text} growing={false} />}
        </Disclosure>
      ) : (
        <div class="quiet-row quiet-line">
          <QuietHeader icon="fold" text={text} />
        </div>
      )}
      {undoable && (
        <Button kind="link" onPress={() => undoCompaction(compaction.id)}>
          {t("Undo")}
        </Button>
      )}
    </div>
  );
}

function QuietHeader({ icon, text }: { readonly icon: IconName; readonly text: string }) {
  return (
    <>
      <Icon name={icon} class="quiet-icon" />
      <span class="quiet-text">{text}</span>
    </>
  );
}
