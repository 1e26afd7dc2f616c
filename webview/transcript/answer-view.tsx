import { Fragment } from "preact";
import type { Turn } from "../../src/protocol/chat-state.ts";
import { MarkdownView } from "../markdown/markdown-view.tsx";
import { t } from "../strings.ts";
import { stageOf } from "./describe-call.ts";
import { OutcomeRow } from "./outcome-row.tsx";
import { ProgressRow } from "./progress-row.tsx";
import { CompactionRow, NoticeRow, RecoveredRow, RoutedRow } from "./quiet-rows.tsx";
import { ReasoningSection } from "./reasoning-section.tsx";
import { ContinuedMark, ReplacedMark } from "./replaced-mark.tsx";
import { ToolCard } from "./tool-card.tsx";
import { TurnFooter } from "./turn-footer.tsx";
import { type VisiblePart, visibleParts } from "./visible-parts.ts";

interface AnswerViewProps {
  readonly turn: Turn;
  readonly isLast: boolean;
}

/** Everything that a turn brought, in the order in which it came. */
export function AnswerView({ turn, isLast }: AnswerViewProps) {
  const streaming = turn.phase.kind === "streaming";
  const parts = visibleParts(turn);
  const lastReplaced = parts.findLastIndex(({ replaced }) => replaced);
  return (
    <>
      <h2 class="visually-hidden">{t("Outcrop")}</h2>
      {parts.map((shown, index) => (
        <Fragment key={shown.key}>
          <PartView {...shown} growing={streaming && index === parts.length - 1} turn={turn} isLast={isLast} />
          {shown.cuts > 0 && <ContinuedMark cuts={shown.cuts} />}
          {index === lastReplaced && <ReplacedMark trouble={turn.trouble} />}
        </Fragment>
      ))}
      {turn.phase.kind === "ended" ? (
        <>
          <OutcomeRow turn={turn} outcome={turn.phase.outcome} isLast={isLast} />
          <TurnFooter turn={turn} durationMs={turn.phase.durationMs} isLast={isLast} />
        </>
      ) : (
        <ProgressRow turn={turn} phase={turn.phase} />
      )}
    </>
  );
}

interface PartViewProps extends VisiblePart, AnswerViewProps {
  readonly growing: boolean;
}

function PartView({ part, replaced, growing, turn, isLast }: PartViewProps) {
  switch (part.kind) {
    case "text":
      return <MarkdownView text={part.text} growing={growing} class={replaced ? "replaced" : ""} />;
    case "reasoning":
      return <ReasoningSection part={part} growing={growing} class={replaced ? "replaced" : ""} />;
    case "tool":
      return (
        <ToolCard call={part.call} stage={stageOf(part.call, turn, replaced)} class={replaced ? "replaced" : ""} />
      );
    case "recovered":
      return <RecoveredRow part={part} />;
    case "notice":
      return <NoticeRow part={part} isLast={isLast} />;
    case "routed":
      return <RoutedRow part={part} isLast={isLast} />;
    case "compaction":
      return <CompactionRow part={part} />;
  }
}
