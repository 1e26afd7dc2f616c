import type { ReasoningPart } from "../../src/protocol/chat-state.ts";
import { MarkdownView } from "../markdown/markdown-view.tsx";
import { visibleText } from "../markdown/visible-text.ts";
import { Disclosure } from "../primitives/disclosure.tsx";
import { display } from "../session/panel-state.ts";
import { formatDuration, t } from "../strings.ts";

/** Of the end of what is thought, in UTF-16 units; the style sheet shows its last lines. */
const previewLength = 600;

interface ReasoningSectionProps {
  readonly part: ReasoningPart;
  readonly growing: boolean;
  readonly class?: string;
}

/** The model's reasoning, folded. While it comes, as much of it is shown as the user's setting says. */
export function ReasoningSection({ part, growing, class: className = "" }: ReasoningSectionProps) {
  const duration = Math.max(0, part.updatedAt - part.startedAt);
  const label = duration < 100 ? t("Thought") : t("Thought for {0}", formatDuration(duration));
  return (
    <Disclosure
      class={`reasoning ${className}`}
      header={<span class={growing ? "pulsing" : ""}>{growing ? t("Thinking…") : label}</span>}
      peek={growing ? <Peek text={part.text} /> : undefined}
    >
      {() => <MarkdownView text={part.text} growing={growing} />}
    </Disclosure>
  );
}

/** The end of a text without marks and empty lines. */
function plainEnd(text: string): string {
  return text
    .slice(-previewLength)
    .replace(/[*_`#>|]+/g, "")
    .replace(/\n\s*\n/g, "\n");
}

/** What is seen of a thought while it comes. Screen readers unfold it instead, or wait for its end. */
function Peek({ text }: { readonly text: string }) {
  switch (display.value.thinkingStyle) {
    case "collapsed":
      return null;
    case "preview":
      return (
        <div class="reasoning-preview" aria-hidden="true">
          <div>{visibleText(plainEnd(text))}</div>
        </div>
      );
    case "fixedHeight":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
        <section class="reasoning-box" tabIndex={0} aria-label={t("Thinking…")}>
          <MarkdownView text={text} growing={true} />
        </section>
      );
  }
}
