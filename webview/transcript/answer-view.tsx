import type { Turn, TurnPart } from "../../src/protocol/chat-state.ts";
import { MarkdownView } from "../markdown/markdown-view.tsx";
import { t } from "../strings.ts";
import { OutcomeRow } from "./outcome-row.tsx";
import { ProgressRow } from "./progress-row.tsx";
import { ReasoningSection } from "./reasoning-section.tsx";
import { ToolCard } from "./tool-card.tsx";
import { TurnFooter } from "./turn-footer.tsx";

interface AnswerViewProps {
  readonly turn: Turn;
  readonly isLast: boolean;
}

/** Everything that a turn brought, in the order in which it came. */
export function AnswerView({ turn, isLast }: AnswerViewProps) {
  const streaming = turn.phase.kind === "streaming";
  return (
    <>
      <h2 class="visually-hidden">{t("Outcrop")}</h2>
      {turn.parts.map((part, index) => (
        <PartView key={partKey(part)} part={part} growing={streaming && index === turn.parts.length - 1} />
      ))}
      {turn.phase.kind === "ended" ? (
        <>
          <OutcomeRow outcome={turn.phase.outcome} isLast={isLast} />
          <TurnFooter turn={turn} durationMs={turn.phase.durationMs} isLast={isLast} />
        </>
      ) : (
        <ProgressRow turn={turn} phase={turn.phase} />
      )}
    </>
  );
}

function partKey(part: TurnPart): string {
  return part.kind === "tool" ? `tool ${part.call.id}` : `${part.kind} ${part.step} ${part.block}`;
}

function PartView({ part, growing }: { readonly part: TurnPart; readonly growing: boolean }) {
  switch (part.kind) {
    case "text":
      return <MarkdownView text={part.text} growing={growing} />;
    case "reasoning":
      return <ReasoningSection part={part} growing={growing} />;
    case "tool":
      return <ToolCard call={part.call} />;
  }
}
