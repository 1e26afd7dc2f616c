import { computed, effect } from "@preact/signals";
import { chat } from "../session/panel-state.ts";
import { extent, groupSize, recentTurns } from "./built-turns.ts";
import { groupsOf, turnItems } from "./kept-scroll.ts";

/** During a stream the browser may have no rest; in milliseconds. */
const longestWait = 300;

/** How far from the screen a group is skipped. The browser skips what is skipped inside of such a group until it is seen: too late. */
const farAway = "3000px 0px";

/**
 * Lets the browser skip answers off the screen, and whole groups of turns far from it: what it does in each frame then
 * depends on what is near the screen alone, however long the session is. @returns what ends it
 */
export function skipFarTurns(scroller: HTMLElement): () => void {
  let asked = false;
  const observer = new IntersectionObserver(skipGroups, { root: scroller, rootMargin: farAway });
  const skip = () => {
    asked = false;
    if (isBuilding()) return;
    const items = turnItems(scroller);
    const far = new Set<Element | null>(items.slice(0, -2 * recentTurns));
    skipAnswers([...far]);
    observer.disconnect();
    for (const group of groupsOf(scroller)) {
      // One that is not whole may still grow.
      if (group.children.length === 2 * groupSize && far.has(group.lastElementChild)) observer.observe(group);
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
    requestAnimationFrame(() => requestIdleCallback(skip, { timeout: longestWait }));
  });
  return () => {
    stop();
    observer.disconnect();
  };
}

function isBuilding(): boolean {
  return extent.value.built < extent.value.wanted;
}

/** Called when groups come near the screen or go far from it. */
function skipGroups(entries: readonly IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting, boundingClientRect } of entries) {
    if (target instanceof HTMLElement) skip(target, !isIntersecting, boundingClientRect.height);
  }
}

/** All are measured before the first is changed: otherwise each would be laid out again for the next. */
function skipAnswers(items: readonly (Element | null)[]): void {
  const measured = items
    .filter((item) => item instanceof HTMLElement)
    .filter((item) => item.matches(".answer") && item.style.contentVisibility === "")
    .map((answer) => [answer, Math.ceil(answer.getBoundingClientRect().height)] as const);
  for (const [answer, height] of measured) skip(answer, true, height);
}

/** @param height stands in for what is skipped, so that nothing moves */
function skip({ style }: HTMLElement, skipped: boolean, height: number): void {
  style.containIntrinsicBlockSize = `auto ${height}px`;
  style.contentVisibility = skipped ? "auto" : "";
}
