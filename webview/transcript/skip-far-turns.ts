import { computed, effect } from "@preact/signals";
import { chat } from "../session/panel-state.ts";
import { extent } from "./built-turns.ts";
import { groupsOf } from "./kept-scroll.ts";

/** During a stream the browser may have no rest; in milliseconds. */
const longestWait = 300;

/** Where a group has left the screen and the browser does not skip it yet, so that its height is known. */
const beyondScreen = "200px 0px";

/**
 * Lets the browser skip groups of turns that are far from the screen: what it does in each frame then depends on what is near
 * the screen, however long the session is. Those that are built far from it are skipped from the beginning. @returns what ends it
 */
export function skipFarTurns(scroller: HTMLElement): () => void {
  let asked = false;
  const observer = new IntersectionObserver(letSkip, { root: scroller, rootMargin: beyondScreen });
  const watch = () => {
    asked = false;
    if (isBuilding()) return;
    observer.disconnect();
    for (const group of groupsOf(scroller)) {
      if (group.matches(".turns-whole")) observer.observe(group);
      else if (group instanceof HTMLElement) group.style.contentVisibility = "";
    }
  };
  const past = computed(() => chat.value?.past);
  const stop = effect(() => {
    // Both say that there may be other turns.
    const [, building] = [past.value, isBuilding()];
    if (asked || building) return;
    asked = true;
    // In a frame with turns that come above, the browser would lose what it keeps in place.
    requestAnimationFrame(() => requestIdleCallback(watch, { timeout: longestWait }));
  });
  return () => {
    stop();
    observer.disconnect();
  };
}

function isBuilding(): boolean {
  return extent.value.built < extent.value.wanted;
}

/** What a group was high when it left the screen stands in for it, so that nothing moves. When it comes near again is the browser's. */
function letSkip(entries: readonly IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting, boundingClientRect } of entries) {
    if (isIntersecting || !(target instanceof HTMLElement)) continue;
    target.style.containIntrinsicBlockSize = `${boundingClientRect.height}px`;
    target.style.contentVisibility = "auto";
  }
}
