import { focusComposer } from "../composer/draft.ts";
import { withLater } from "../later.ts";
import type { WalkStep } from "./walk-step.ts";

const isMac = /Mac/.test(navigator.platform);

/** Of VS Code's own chat, on US keyboards and all others. */
const withAlt: Readonly<Record<string, WalkStep>> = {
  ArrowDown: "next-prompt",
  ArrowUp: "previous-prompt",
  PageDown: "next-code",
  PageUp: "previous-code",
};

/** Hears the keys that lead through the transcript and to its search. @returns whether it was one of them */
export function runTranscriptKey(event: KeyboardEvent): boolean {
  const { target, altKey, shiftKey, isComposing } = event;
  const command = isMac ? event.metaKey : event.ctrlKey;
  if (isComposing || shiftKey || document.querySelector(".turns") === null) return false;
  if (command && !altKey && event.key.toLowerCase() === "f") {
    void withLater(({ openFind }) => openFind());
    return true;
  }
  const inTranscript = target instanceof Element && target.closest(".transcript") !== null;
  if (command && !altKey && event.key === "ArrowDown" && inTranscript) {
    focusComposer();
    return true;
  }
  const step = command ? (altKey ? withAlt[event.key] : lastFrom(event)) : altKey ? undefined : plainStep(event);
  if (step === undefined) return false;
  void withLater(({ walkTranscript }) => walkTranscript(step));
  return true;
}

function lastFrom({ key, target }: KeyboardEvent): WalkStep | undefined {
  return key === "ArrowUp" && !(target instanceof Element && target.closest(".transcript")) ? "last" : undefined;
}

/** The arrows belong to what is inside a turn, unless the turn itself has the focus. */
function plainStep({ key, target }: KeyboardEvent): WalkStep | undefined {
  if (!(target instanceof Element) || !target.matches(".prompt, .answer")) return undefined;
  if (key === "ArrowDown") return "next";
  return key === "ArrowUp" ? "previous" : undefined;
}
