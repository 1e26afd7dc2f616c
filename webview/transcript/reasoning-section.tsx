import type { ReasoningPart } from "../../src/protocol/chat-state.ts";
import { MarkdownView } from "../markdown/markdown-view.tsx";
import { Disclosure } from "../primitives/disclosure.tsx";
import { formatDuration, t } from "../strings.ts";

interface ReasoningSectionProps {
  readonly part: ReasoningPart;
  readonly growing: boolean;
}

/** The model's reasoning, folded. */
export function ReasoningSection({ part, growing }: ReasoningSectionProps) {
  const duration = formatDuration(Math.max(0, part.updatedAt - part.startedAt));
  return (
    <Disclosure
      class="reasoning"
      header={<span class={growing ? "pulsing" : ""}>{growing ? t("Thinking…") : t("Thought for {0}", duration)}</span>}
    >
      {() => <MarkdownView text={part.text} growing={growing} />}
    </Disclosure>
  );
}
