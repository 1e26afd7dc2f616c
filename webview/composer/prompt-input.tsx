import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { attachPasted } from "../attachments/attach-pasted.ts";
import { activeOption, listId } from "../mentions/list-of-input.ts";
import { expectMentions, followMentions, mentionList } from "../mentions/mentions.ts";
import { listedTurns } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { draft, keepSelection } from "./draft.ts";
import { history, sendDraft } from "./send-draft.ts";
import { useKeptSelection } from "./use-kept-selection.ts";

interface PromptInputProps {
  readonly inputRef: { readonly current: HTMLTextAreaElement | null };
}

export function PromptInput({ inputRef }: PromptInputProps) {
  const text = draft.value;
  const asText = useRef(false);
  const caret = useRef<"start" | "end" | null>(null);
  useEffect(() => history.setPrompts(listedTurns.value.map(({ prompt }) => prompt)), [listedTurns.value]);
  useLayoutEffect(() => {
    const input = inputRef.current;
    if (input === null) return;
    growToContent(input);
    if (caret.current !== null) {
      const position = caret.current === "start" ? 0 : input.value.length;
      input.setSelectionRange(position, position);
      caret.current = null;
    }
  }, [text]);
  useKeptSelection(inputRef);
  const recall = (recalled: string | undefined, position: "start" | "end") => {
    if (recalled === undefined) return false;
    caret.current = position;
    draft.value = recalled;
    return true;
  };
  return (
    <textarea
      ref={inputRef}
      class="composer-input"
      rows={1}
      placeholder={t("Ask about this workspace")}
      aria-label={t("Prompt. Enter sends, Shift+Enter breaks the line, Up recalls earlier prompts.")}
      aria-autocomplete="list"
      aria-controls={activeOption.value === null ? undefined : listId}
      aria-activedescendant={activeOption.value ?? undefined}
      value={text}
      onPaste={(event) => attachPasted(event, { asText: asText.current })}
      onFocus={expectMentions}
      onBlur={() => mentionList.value?.close()}
      onInput={(event) => {
        history.leave();
        keepSelection(event.currentTarget);
        draft.value = event.currentTarget.value;
        followMentions(event.currentTarget);
      }}
      onKeyDown={(event) => {
        // Ctrl+Shift+V pastes as text.
        asText.current = event.shiftKey;
        const { selectionStart, selectionEnd, value } = event.currentTarget;
        const bare = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
        // 229 is what browsers report for a key that an input method still works on.
        if (!bare || event.isComposing || event.keyCode === 229) return;
        if (mentionList.value?.takeKey(event) === true) {
          event.preventDefault();
          return;
        }
        const atStart = selectionEnd === 0;
        const atEnd = selectionStart === value.length;
        let handled = false;
        if (event.key === "Enter") {
          sendDraft();
          handled = true;
        } else if (event.key === "ArrowUp" && atStart) handled = recall(history.older(value), "start");
        else if (event.key === "ArrowDown" && atEnd) handled = recall(history.newer(), "end");
        if (handled) event.preventDefault();
      }}
    />
  );
}

/** The style sheet caps the height; beyond that the text scrolls. */
function growToContent(input: HTMLTextAreaElement): void {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight}px`;
}
