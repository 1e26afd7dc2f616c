import { draft } from "../composer/draft.ts";
import { decide } from "./approvals.ts";
import { stopTurn } from "./chat-session.ts";
import { pendingApprovals, running } from "./panel-state.ts";

const isMac = /Mac/.test(navigator.platform);

/** Shown in tooltips. */
export const keyNames = {
  allow: isMac ? "⌘Enter" : "Ctrl+Enter",
  skip: isMac ? "⌥⌘Enter" : "Ctrl+Alt+Enter",
  stop: isMac ? "⌘Escape" : "Ctrl+Escape",
};

/** Hears the keys that work anywhere in the panel. @returns what stops listening */
export function listenToPanelKeys(): () => void {
  const listener = (event: KeyboardEvent) => {
    if (runPanelKey(event)) event.preventDefault();
  };
  document.addEventListener("keydown", listener);
  return () => document.removeEventListener("keydown", listener);
}

function runPanelKey(event: KeyboardEvent): boolean {
  const command = isMac ? event.metaKey : event.ctrlKey;
  if (!command || event.isComposing) return false;
  if (event.key === "Escape" && running.value) {
    stopTurn();
    return true;
  }
  return event.key === "Enter" && !event.shiftKey && answerByKey(event);
}

/** Answers the oldest pending request, unless a draft or a half-written reason shows that the user is elsewhere. */
function answerByKey(event: KeyboardEvent): boolean {
  const [request] = pendingApprovals.value;
  const writing = event.target instanceof HTMLInputElement && event.target.value !== "";
  if (request === undefined || event.repeat || writing || draft.value.trim() !== "") return false;
  decide(request, event.altKey ? { kind: "skip", feedback: "" } : { kind: "allow", scope: "once" });
  return true;
}
