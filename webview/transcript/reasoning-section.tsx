import type { ReasoningPart } from "../../src/protocol/chat-state.ts";
import { MarkdownView } from "../markdown/markdown-view.tsx";
import { Disclosure } from "../primitives/disclosure.tsx";
import { formatDuration, t } from "../strings.ts";

interface ReasoningSectionProps {
  readonly part: ReasoningPart;
  readonly growing: boolean;
  readonly class?: string;
}

/** The model's reasoning, folded. */
export function ReasoningSection({ part, growing, class: className = "" }: ReasoningSectionProps) {
  const duration = Math.max(0, part.updatedAt - part.startedAt);
  const label = duration < 100 ? t("Thought") : t("Thought for {0}", formatDuration(duration));
  return (
    <Disclosure
      class={`reasoning ${className}`}
      header={<span class={growing ? "pulsing" : ""}>{growing ? t("Thinking…") : label}</span>}
    >
      {() => <MarkdownView text={part.text} growing={growing} />}
    </Disclosure>
  );
}
