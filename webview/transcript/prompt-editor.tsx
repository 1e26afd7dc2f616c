import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Turn } from "../../src/protocol/chat-state.ts";
import { resendPrompt } from "../host.ts";
import { Button } from "../primitives/button.tsx";
import { t } from "../strings.ts";

interface PromptEditorProps {
  readonly turn: Turn;
  readonly onClose: () => void;
}

/** A prompt that was sent, to be sent in another form. It stays open until the host has taken the turn back. */
export function PromptEditor({ turn, onClose }: PromptEditorProps) {
  const [text, setText] = useState(turn.prompt);
  const input = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(turn.prompt.length, turn.prompt.length);
  }, []);
  useLayoutEffect(() => {
    if (input.current === null) return;
    input.current.style.height = "auto";
    input.current.style.height = `${input.current.scrollHeight}px`;
  }, [text]);
  const send = () => {
    if (text.trim() !== "") resendPrompt(turn.id, text.trim());
  };
  return (
    <div class="prompt-editor">
      <textarea
        ref={input}
        rows={1}
        aria-label={t("Edit prompt. Enter sends it again, Escape leaves it as it was.")}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing || event.keyCode === 229) return;
          const bare = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
          if (event.key === "Enter" && bare) send();
          else if (event.key === "Escape" && bare) onClose();
          else return;
          event.preventDefault();
        }}
      />
      <div class="prompt-editor-row">
        <Button kind="primary" disabled={text.trim() === ""} onPress={send}>
          {t("Send")}
        </Button>
        <Button onPress={onClose}>{t("Cancel")}</Button>
      </div>
    </div>
  );
}
