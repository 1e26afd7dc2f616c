import type { QueuedPrompt } from "../../src/protocol/queued-prompt.ts";
import { focusComposer } from "../composer/draft.ts";
import { clearQueue, runQueued } from "../host.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { Button, IconButton } from "../primitives/button.tsx";
import { chat, running } from "../session/panel-state.ts";
import { t } from "../strings.ts";

/** The prompts that wait for the running turn, above the composer. */
export function QueueList() {
  const queued = chat.value?.queued ?? [];
  if (queued.length === 0) return null;
  return (
    <section class="queue" aria-label={t("Queued")}>
      <div class="queue-divider">
        <span>{t("Queued")}</span>
        <Button
          kind="link"
          onPress={() => {
            focusComposer();
            clearQueue();
          }}
        >
          {t("Remove All Queued")}
        </Button>
      </div>
      {!running.value && (
        <div class="queue-hint">{t("The turn did not end with an answer. Send what still counts.")}</div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <ol class="queue-list" tabIndex={0} aria-label={t("Queued prompts")}>
        {queued.map((prompt) => (
          <QueueRow key={prompt.id} prompt={prompt} />
        ))}
      </ol>
    </section>
  );
}

function QueueRow({ prompt: { id, text, action, attachments } }: { readonly prompt: QueuedPrompt }) {
  return (
    <li class="queue-row">
      <span class="queue-text" title={visibleText(text)}>
        {action === "steer" && <span class="queue-kind">{t("Steering")}</span>}
        {visibleText(text)}
        {attachments.length > 0 && <span class="queue-kind"> {attachments.map(({ label }) => label).join(", ")}</span>}
      </span>
      <IconButton icon="edit" label={t("Edit")} onPress={() => runQueued(id, "edit")} />
      <IconButton
        icon="arrow-up"
        label={t("Send Immediately")}
        onPress={() => {
          focusComposer();
          runQueued(id, "send");
        }}
      />
      <IconButton
        icon="close"
        label={t("Remove")}
        onPress={() => {
          focusComposer();
          runQueued(id, "remove");
        }}
      />
    </li>
  );
}
