import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Turn } from "../../src/protocol/chat-state.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { t } from "../strings.ts";
import { turnParts } from "../turn-parts/turn-parts.ts";

/** A prompt as it was written; a click or Enter on it opens it for editing. Text in it can be selected. */
export function PromptBubble({ turn }: { readonly turn: Turn }) {
  const [editing, setEditing] = useState(false);
  const bubble = useRef<HTMLDivElement>(null);
  const wasEditing = useRef(false);
  useLayoutEffect(() => {
    if (wasEditing.current && !editing) bubble.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  const parts = turnParts.value;
  if (editing && parts !== null) {
    return <parts.PromptEditor turn={turn} onClose={() => setEditing(false)} />;
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: the text of a button cannot be selected.
    <div
      class="prompt-bubble"
      role="button"
      tabIndex={0}
      ref={bubble}
      title={t("Edit and send again")}
      onClick={() => {
        if (document.getSelection()?.isCollapsed !== false) setEditing(true);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        setEditing(true);
      }}
    >
      {visibleText(turn.prompt)}
    </div>
  );
}
