import { pendingApprovals } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { nearTop } from "./first-seen.ts";
import { offsetOf } from "./kept-scroll.ts";
import { stickToBottom } from "./stick-to-bottom.ts";

/** A prompt this close to the upper edge is read itself: nothing is pinned above it. In CSS pixels. */
const closeBy = 56;

/** Pins the prompt of the turn that is being read to the upper edge of the transcript. @returns what ends it */
export function showStickyPrompt(scroller: HTMLElement): () => void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sticky-prompt";
  button.hidden = true;
  scroller.before(button);
  let pinned: Element | undefined;
  let asked = 0;
  const look = () => {
    asked = 0;
    pinned = promptAbove(scroller);
    const text = pinned?.querySelector(".prompt-bubble")?.textContent ?? "";
    button.hidden = text === "";
    if (button.textContent !== text) {
      button.textContent = text;
      button.title = t("Go to this prompt");
    }
  };
  const lookSoon = () => {
    if (asked === 0) asked = requestAnimationFrame(look);
  };
  const goTo = () => {
    const prompt = pinned;
    if (!(prompt instanceof HTMLElement)) return;
    stickToBottom.value = false;
    prompt.tabIndex = -1;
    prompt.focus({ preventScroll: true });
    prompt.scrollIntoView({ block: "start" });
  };
  button.addEventListener("click", goTo);
  scroller.addEventListener("scroll", lookSoon, { passive: true });
  return () => {
    cancelAnimationFrame(asked);
    scroller.removeEventListener("scroll", lookSoon);
    button.remove();
  };
}

/** The last prompt above the visible part, unless the next one is where it would be pinned. Nothing covers an approval. */
function promptAbove(scroller: HTMLElement): Element | undefined {
  if (pendingApprovals.peek().length > 0) return undefined;
  const { items, seen } = nearTop(scroller);
  const next = seen + (seen % 2);
  const isClose = next < items.length && offsetOf(items[next], scroller) < closeBy;
  return isClose ? undefined : items[next - 2];
}
