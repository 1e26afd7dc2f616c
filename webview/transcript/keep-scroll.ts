import type { KeptPlace } from "../../src/protocol/panel-messages.ts";
import { tellPlace } from "../host.ts";
import { chat, turns } from "../session/panel-state.ts";
import { firstSeen } from "./first-seen.ts";
import { offsetOf, turnItems, writeScroll } from "./kept-scroll.ts";
import { stickToBottom } from "./stick-to-bottom.ts";

/** How long after the last movement the place is kept, in milliseconds. */
const restMs = 150;

/** Keeps where the user reads. @returns what ends it */
export function keepScroll(scroller: HTMLElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    const place = stickToBottom.peek() ? undefined : placeOf(scroller);
    const session = chat.peek()?.sessionId ?? "";
    if (writeScroll(place && { session, ...place })) tellPlace(session, place ?? null);
  };
  const listener = () => {
    clearTimeout(timer);
    timer = setTimeout(save, restMs);
  };
  scroller.addEventListener("scroll", listener, { passive: true });
  return () => {
    clearTimeout(timer);
    scroller.removeEventListener("scroll", listener);
  };
}

/** By the turn that is at the upper edge of what is seen. */
function placeOf(scroller: HTMLElement): NonNullable<KeptPlace["place"]> {
  const items = turnItems(scroller);
  const built = items.length / 2;
  const index = Math.min(built - 1, Math.floor(firstSeen(scroller) / 2));
  const turn = turns.peek().length - built + index;
  return { turn, offset: offsetOf(items[2 * index], scroller) };
}
