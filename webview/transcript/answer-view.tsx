import { Fragment } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Turn } from "../../src/protocol/chat-state.ts";
import { later } from "../later.ts";
import { MarkdownView } from "../markdown/markdown-view.tsx";
import { t } from "../strings.ts";
import { stageOf } from "./describe-call.ts";
import { OutcomeRow } from "./outcome-row.tsx";
import { ProgressRow } from "./progress-row.tsx";
import { CompactionRow, NoticeRow, RecoveredRow, RoutedRow } from "./quiet-rows.tsx";
import { ReasoningSection } from "./reasoning-section.tsx";
import { ContinuedMark, ReplacedMark } from "./replaced-mark.tsx";
import { SteeredRow } from "./steered-row.tsx";
import { ToolCard } from "./tool-card.tsx";
import { TurnFooter } from "./turn-footer.tsx";
import { type VisiblePart, visibleParts } from "./visible-parts.ts";
import { WorkHeader } from "./work-header.tsx";
import { workOf } from "./work-of.ts";

interface AnswerViewProps {
  readonly turn: Turn;
  readonly isLast: boolean;
}

/** Everything that a turn brought, in the order in which it came; what led to the answer is folded when that is whole. */
export function AnswerView({ turn, isLast }: AnswerViewProps) {
  const streaming = turn.phase.kind === "streaming";
  const parts = visibleParts(turn);
  const lastReplaced = parts.findLastIndex(({ replaced }) => replaced);
  const [unfolded, setUnfolded] = useState(false);
  const wasWatched = useRef(false);
  wasWatched.current ||= turn.phase.kind !== "ended";
  const work = workOf(turn, parts);
  const firstOfWork = parts.findIndex(({ key }) => work?.keys.has(key));
  return (
    <>
      <h2 class="visually-hidden">{t("Outcrop")}</h2>
      {parts.map((shown, index) => (
        <Fragment key={shown.key}>
          {work !== undefined && index === firstOfWork && (
            <WorkHeader label={work.label} open={unfolded} onToggle={setUnfolded} wasWatched={wasWatched.current} />
          )}
          <PartView
            {...shown}
            folded={!unfolded && work?.keys.has(shown.key) === true}
            growing={streaming && index === parts.length - 1}
            turn={turn}
            isLast={isLast}
          />
          {shown.cuts > 0 && <ContinuedMark cuts={shown.cuts} />}
          {index === lastReplaced && <ReplacedMark trouble={turn.trouble} />}
        </Fragment>
      ))}
      {turn.phase.kind === "ended" ? (
        <>
          <OutcomeRow turn={turn} outcome={turn.phase.outcome} isLast={isLast} />
          <UsedReferences turn={turn} />
          <TurnFooter turn={turn} durationMs={turn.phase.durationMs} isLast={isLast} />
        </>
      ) : (
        <ProgressRow turn={turn} phase={turn.phase} />
      )}
    </>
  );
}

/** Loaded after the first paint. */
function UsedReferences({ turn }: Pick<AnswerViewProps, "turn">) {
  const References = later.value?.References;
  return References === undefined ? null : <References turn={turn} />;
}

interface PartViewProps extends VisiblePart, AnswerViewProps {
  readonly growing: boolean;
  readonly folded: boolean;
}

function PartView({ part, replaced, folded, growing, turn, isLast }: PartViewProps) {
  const className = folded ? "folded" : replaced ? "replaced" : "";
  switch (part.kind) {
    case "text":
      return <MarkdownView text={part.text} growing={growing} class={className} />;
    case "reasoning":
      return <ReasoningSection part={part} growing={growing} class={className} />;
    case "tool":
      return <ToolCard call={part.call} stage={stageOf(part.call, turn, replaced)} class={className} />;
    case "recovered":
      return <RecoveredRow part={part} />;
    case "notice":
      return <NoticeRow part={part} isLast={isLast} />;
    case "routed":
      return <RoutedRow part={part} isLast={isLast} />;
    case "compaction":
      return <CompactionRow part={part} />;
    case "steered":
      return <SteeredRow part={part} />;
  }
}
