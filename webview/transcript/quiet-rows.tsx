import type { CompactionPart, NoticePart, RecoveredPart, RoutedPart } from "../../src/protocol/chat-state.ts";
import type { Compaction } from "../../src/protocol/compaction.ts";
import type { PanelCommand } from "../../src/protocol/panel-messages.ts";
import { runHostCommand, undoCompaction } from "../host.ts";
import { Icon, type IconName } from "../icon.tsx";
import { MarkdownView } from "../markdown/markdown-view.tsx";
import { visibleText } from "../markdown/visible-text.ts";
import { Button } from "../primitives/button.tsx";
import { Disclosure } from "../primitives/disclosure.tsx";
import { chat, running } from "../session/panel-state.ts";
import { formatNumber, t } from "../strings.ts";
import { describeCompaction, describeRecovery, describeRouting } from "./describe-remarks.ts";
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
export function NoticeRow({ part, isLast }: RowProps<NoticePart>) {
  const action = isLast ? part.action : undefined;
  return <QuietLine text={visibleText(part.text)} command={action} label={t("Move Chat…")} />;
}

/** Which of two models serves the turn. The last one can be given to the stronger model. */
export function RoutedRow({ part, isLast }: RowProps<RoutedPart>) {
  const command = isLast && part.tier === "fast" ? "escalate" : undefined;
  return <QuietLine text={describeRouting(part)} command={command} label={t("Use Stronger Model")} />;
}

interface RowProps<Part> {
  readonly part: Part;
  /** In the last turn, where something can still be done about it. */
  readonly isLast: boolean;
}

interface QuietLineProps {
  readonly text: string;
  readonly command: PanelCommand | undefined;
  readonly label: string;
}

/** One line, and what the user may do about it. */
function QuietLine({ text, command, label }: QuietLineProps) {
  return (
    <div class="quiet-row-with-action">
      <div class="quiet-row quiet-line">
        <QuietHeader icon="info" text={text} />
      </div>
      {command !== undefined && (
        <Button kind="link" onPress={() => runHostCommand(command)}>
          {label}
        </Button>
      )}
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
    <div class="quiet-row-with-action">
      {hasContents(compaction) ? (
        <Disclosure class="quiet-row" header={<QuietHeader icon="fold" text={text} />}>
          {() => <CompactionContents compaction={compaction} />}
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

/** Chats from earlier versions do not say what they shortened. */
function hasContents(compaction: Compaction): boolean {
  return compaction.kind === "summary" || (compaction.shortened ?? []).length > 0;
}

/** What the model gets in the place of the conversation, or which results became shorter. */
function CompactionContents({ compaction }: { readonly compaction: Compaction }) {
  if (compaction.kind === "summary") return <MarkdownView text={compaction.text} growing={false} />;
  return (
    <ul class="shortened">
      {(compaction.shortened ?? []).map(({ tool, input, characters }, index) => (
        <li key={index}>{visibleText(t("{0} {1}, {2} characters", tool, input, formatNumber(characters)))}</li>
      ))}
    </ul>
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
