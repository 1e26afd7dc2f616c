import { effect, signal } from "@preact/signals";
import { readPageState, writePageState } from "../host.ts";
import { isRecord } from "../host-messages.ts";

/** The text in the composer. It outlives a reload of the page. */
export const draft = signal(readDraft());

/** Grows with each wish to have the caret in the composer. */
export const focusRequests = signal(0);

export function focusComposer(): void {
  focusRequests.value += 1;
}

/** Puts text into the composer, below what is there already, and the caret behind it. */
export function prefillComposer(text: string): void {
  const kept = draft.value.trimEnd();
  draft.value = kept === "" || text === "" ? kept + text : `${kept}\n\n${text}`;
  focusComposer();
}

function readDraft(): string {
  const state = readPageState();
  const kept = isRecord(state) ? state["draft"] : undefined;
  return typeof kept === "string" ? kept : "";
}

const saveDelayMs = 250;

/** Keeps the draft while it is typed. */
export function keepDraft(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    writePageState({ draft: draft.peek() });
  };
  effect(() => {
    const changed = draft.value !== readDraft();
    if (changed) timer ??= setTimeout(save, saveDelayMs);
  });
  window.addEventListener("pagehide", save);
}
