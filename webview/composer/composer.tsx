import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { DropTarget } from "../attachments/drop-target.tsx";
import { Help } from "../mentions/help.tsx";
import { mentionList } from "../mentions/mentions.ts";
import { IconButton } from "../primitives/button.tsx";
import { stopTurn } from "../session/chat-session.ts";
import { keyNames } from "../session/key-names.ts";
import { running, stopping, takesPrompt } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { turnParts } from "../turn-parts/turn-parts.ts";
import { AddContextButton } from "./add-context-button.tsx";
import { AllowAllMark } from "./allow-all-mark.tsx";
import { AttachmentChips } from "./attachment-chips.tsx";
import { ConnectionRow, ModelButton, RestrictedRow } from "./connection-row.tsx";
import { draft, focusRequests } from "./draft.ts";
import { ModePicker, ToolsButton } from "./mode-picker.tsx";
import { PasteHint } from "./paste-hint.tsx";
import { PromptInput } from "./prompt-input.tsx";
import { otherAction, sendDraft, sendDraftAs } from "./send-draft.ts";

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
        sendDraft();
      }}
      onKeyDown={(event) => {
        if (!event.altKey || event.key !== "Enter" || event.isComposing || event.target !== input.current) return;
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        sendDraftAs(otherAction.value);
        event.preventDefault();
      }}
    >
      <Help />
      <DropTarget />
      <div class="composer-box">
        <Mentions />
        <AttachmentChips />
        <PromptInput inputRef={input} />
        <div class="composer-toolbar">
          <div class="composer-pickers">
            <AddContextButton />
            <ModePicker />
            <ToolsButton />
            <ModelButton />
          </div>
          <div class="send-group">
            {running.value && !takesPrompt.value && draft.value.trim() !== "" && <SendChoice />}
            {running.value && !(takesPrompt.value && draft.value.trim() !== "") ? <StopButton /> : <SendButton />}
          </div>
        </div>
      </div>
      <AllowAllMark />
      <PasteHint />
      <RestrictedRow />
      <ConnectionRow />
    </form>
  );
}

/** Loaded with the first mark that is typed. */
function Mentions() {
  const list = mentionList.value;
  return list === null ? null : <list.View />;
}

/** Beside Stop while an answer runs: what may become of the prompt. */
function SendChoice() {
  const parts = turnParts.value;
  return parts === null ? null : <parts.SendMenu />;
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
      onPress={sendDraft}
    />
  );
}
