import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import type { RestoreOffer, RestoreScope } from "../../src/protocol/review.ts";
import { announce } from "../announcements/announcer.tsx";
import { restoreCheckpoint } from "../host.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { Button } from "../primitives/button.tsx";
import { review, running, turns } from "../session/panel-state.ts";
import { plural, t } from "../strings.ts";
import { stickToBottom } from "../transcript/stick-to-bottom.ts";

interface RestoreQuestionProps {
  readonly turnId: string;
  readonly onClose: () => void;
}

/** Takes the focus as a whole, so that a key pressed twice answers nothing. */
export function RestoreQuestion({ turnId, onClose }: RestoreQuestionProps) {
  const question = useRef<HTMLElement>(null);
  const id = useId();
  const offer = review.value.restore?.turnId === turnId ? review.value.restore : undefined;
  useLayoutEffect(() => {
    stickToBottom.value = false;
    question.current?.focus();
  }, []);
  useLayoutEffect(() => question.current?.scrollIntoView({ block: "nearest" }), [offer]);
  const files = offer && filesOf(offer);
  useEffect(() => {
    if (files !== undefined) announce(files);
  }, [files]);
  const answer = (scope: RestoreScope, label: string, kind: "primary" | "secondary" = "secondary") => (
    <Button
      kind={kind}
      disabled={scope !== "conversation" && offer === undefined}
      onPress={() => {
        onClose();
        restoreCheckpoint(turnId, scope);
      }}
    >
      {label}
    </Button>
  );
  return (
    <section
      class="restore-question"
      aria-label={t("Restore the checkpoint before this prompt?")}
      aria-describedby={id}
      tabIndex={-1}
      ref={question}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.ctrlKey && !event.metaKey) onClose();
      }}
    >
      <div class="restore-title">{t("Restore the checkpoint before this prompt?")}</div>
      <div id={id}>{describe(turnId)}</div>
      <div class="restore-files">{files ?? t("Looking at the files…")}</div>
      <div class="restore-buttons">
        {offer?.hasFiles !== false && answer("both", t("Restore Files and Conversation"), "primary")}
        {offer?.hasFiles !== false && answer("files", t("Restore Files Only"))}
        {answer("conversation", t("Restore Conversation Only"))}
        <Button onPress={onClose}>{t("Cancel")}</Button>
      </div>
    </section>
  );
}

function filesOf({ detail, hasFiles }: RestoreOffer): string {
  if (hasFiles) return detail === "" ? t("No file has to be changed so far.") : visibleText(detail);
  return visibleText([t("No file has to be changed."), detail].filter(Boolean).join("\n\n"));
}

function describe(turnId: string): string {
  const later = turns.value.length - 1 - turns.value.findIndex(({ id }) => id === turnId);
  const taken =
    later === 0
      ? t("This prompt will be removed from the conversation; the text returns to the input box.")
      : plural(
          later,
          "This prompt and {0} later one will be removed from the conversation; the text returns to the input box.",
          "This prompt and {0} later ones will be removed from the conversation; the text returns to the input box.",
        );
  const ends = running.value ? [t("The running turn ends.")] : [];
  return [taken, ...ends, t("Redo brings everything back until you send the next prompt.")].join(" ");
}
