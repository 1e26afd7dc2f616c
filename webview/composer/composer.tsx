import { effect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { sendPrompt } from "../host.ts";
import { IconButton } from "../primitives/button.tsx";
import { stopTurn } from "../session/chat-session.ts";
import { keyNames } from "../session/panel-keys.ts";
import { context, running, stopping, takesPrompt, turns } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { stickToBottom } from "../transcript/stick-to-bottom.ts";
import { AttachmentChips } from "./attachment-chips.tsx";
import { BusyHint, refuseSend } from "./busy-hint.tsx";
import { ConnectionRow, ModelButton, RestrictedRow } from "./connection-row.tsx";
import { draft, focusRequests, keepSelection } from "./draft.ts";
import { ModePicker, ToolsButton } from "./mode-picker.tsx";
import { PromptHistory } from "./prompt-history.ts";
import { useKeptSelection } from "./use-kept-selection.ts";

const history = new PromptHistory();

/** Sends the draft, unless it is empty or an answer is running: then it stays for later, and the user is told. */
function send(): void {
  const text = draft.value.trim();
  if (text === "") return;
  if (!takesPrompt.value) {
    refuseSend();
    return;
  }
  sendPrompt(text, context.value?.attachments.map(({ id }) => id) ?? []);
  history.leave();
  draft.value = "";
  stickToBottom.value = true;
}

export function Composer() {
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(
    // At once, not in the next frame as useSignalEffect does: by then the user may have gone on.
    () =>
      effect(() => {
        if (focusRequests.value > 0) input.current?.focus();
      }),
    [],
  );
  return (
    <form
      class="composer"
      aria-label={t("Prompt")}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-box">
        <AttachmentChips />
        <PromptInput inputRef={input} />
        <div class="composer-toolbar">
          <div class="composer-pickers">
            <ModePicker />
            <ToolsButton />
            <ModelButton />
          </div>
          {running.value && !(takesPrompt.value && draft.value.trim() !== "") ? <StopButton /> : <SendButton />}
        </div>
      </div>
      <BusyHint />
      <RestrictedRow />
      <ConnectionRow />
    </form>
  );
}

function StopButton() {
  return (
    <IconButton
      icon={stopping.value ? "loading" : "debug-stop"}
      class="send-button"
      label={stopping.value ? t("Stopping…") : t("Stop")}
      title={stopping.value ? t("Stopping…") : t("Stop ({0})", keyNames.stop)}
      disabled={stopping.value}
      onPress={stopTurn}
    />
  );
}

function SendButton() {
  const empty = draft.value.trim() === "";
  return (
    <IconButton
      icon="arrow-up"
      class={`send-button ${empty ? "" : "send-button-ready"}`}
      label={t("Send")}
      title={t("Send (Enter)")}
      disabled={empty}
      onPress={send}
    />
  );
}

interface PromptInputProps {
  readonly inputRef: { readonly current: HTMLTextAreaElement | null };
}

function PromptInput({ inputRef }: PromptInputProps) {
  const text = draft.value;
  const caret = useRef<"start" | "end" | null>(null);
  useEffect(() => history.setPrompts(turns.value.map(({ prompt }) => prompt)), [turns.value]);
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
      value={text}
      onInput={(event) => {
        history.leave();
        keepSelection(event.currentTarget);
        draft.value = event.currentTarget.value;
      }}
      onKeyDown={(event) => {
        const { selectionStart, selectionEnd, value } = event.currentTarget;
        const bare = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
        // 229 is what browsers report for a key that an input method still works on.
        if (!bare || event.isComposing || event.keyCode === 229) return;
        const atStart = selectionEnd === 0;
        const atEnd = selectionStart === value.length;
        let handled = false;
        if (event.key === "Enter") {
          send();
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
