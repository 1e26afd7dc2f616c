import { signal } from "@preact/signals";
import { announce } from "../announcements/announcer.tsx";
import { keyNames } from "../session/panel-keys.ts";
import { chat, openQuestions } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { draft } from "./draft.ts";

/** The turn during which Send was last tried. */
const refusedIn = signal<string | null>(null);

function describeRefusal(): string {
  if (openQuestions.value.length > 0) return t("A question above waits for your answer: your prompt is kept.");
  return t("An answer is running. Wait for it or stop it ({0}): your prompt is kept.", keyNames.stop);
}

/** Tells the user why the prompt was not sent. */
export function refuseSend(): void {
  refusedIn.value = chat.value?.current?.id ?? null;
  announce(describeRefusal());
}

/** Below the box, from a refused Send to the end of the turn, as long as there is something to send. */
export function BusyHint() {
  const turn = chat.value?.current?.id;
  if (turn === undefined || turn !== refusedIn.value || draft.value.trim() === "") return null;
  return <div class="composer-hint">{describeRefusal()}</div>;
}
