import { effect } from "@preact/signals";
import { turns } from "../session/panel-state.ts";
import { extent, withEarlier } from "./built-turns.ts";
import { stickToBottom } from "./stick-to-bottom.ts";

/** What is built at a time, in characters: some milliseconds. */
const stepLength = 40_000;

/** During a stream the browser may have no rest; in milliseconds. */
const longestWait = 300;

/** Builds the turns before those of the first paint, some at a time, whenever the browser has nothing better to do. @returns what ends it */
export function buildEarlier(scroller: HTMLElement): () => void {
  let asked = 0;
  const build = () => {
    asked = 0;
    const all = turns.peek();
    const { built, ...rest } = extent.peek();
    const next = withEarlier(all, built, stepLength);
    const { scrollHeight, scrollTop } = scroller;
    extent.value = { ...rest, built: next < all.length ? next : rest.wanted };
    // The browser keeps what is being read in place, but at the upper edge.
    if (scrollTop > 0 || stickToBottom.peek()) return;
    requestAnimationFrame(() => scroller.scrollBy(0, scroller.scrollHeight - scrollHeight));
  };
  const stop = effect(() => {
    const { built, wanted } = extent.value;
    if (built < wanted && asked === 0) asked = requestIdleCallback(build, { timeout: longestWait });
  });
  return () => {
    stop();
    cancelIdleCallback(asked);
  };
}
