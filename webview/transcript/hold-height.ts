import type { Turn } from "../../src/protocol/chat-state.ts";
import { stickToBottom } from "./stick-to-bottom.ts";

/** How much of the new text stays in view above the space that is held, in CSS pixels. */
const inView = 96;

/** What is held of each answer, in CSS pixels. */
const heldHeights = new WeakMap<HTMLElement, number>();

/**
 * Keeps an answer as high as it was when a retry replaces what it shows, so that nothing jumps: until the new answer has
 * outgrown the old one, or the turn ends. Called whenever what it shows has changed.
 */
export function holdHeight(answer: HTMLElement, turn: Turn): void {
  const before = heldHeights.get(answer) ?? 0;
  if (before === 0 && turn.replacing === null) return;
  const held = turn.phase.kind === "ended" ? 0 : heldHeight(answer, before, turn.replacing !== null);
  heldHeights.set(answer, held);
  answer.style.minHeight = held === 0 ? "" : `${held}px`;
}

/** @returns what to hold from here on, in CSS pixels; 0 for nothing */
function heldHeight(answer: HTMLElement, held: number, replacing: boolean): number {
  const content = contentHeight(answer);
  if (replacing) return Math.max(held, content);
  if (content >= held) return 0;
  if (!stickToBottom.peek()) return held;
  // Who follows the end would look at empty space, with the new words above the upper edge.
  const viewport = answer.closest(".transcript")?.clientHeight ?? held;
  return Math.min(held, Math.max(content, content + viewport - inView));
}

function contentHeight(answer: HTMLElement): number {
  const end = answer.lastElementChild?.getBoundingClientRect().bottom ?? 0;
  const padding = Number.parseFloat(getComputedStyle(answer).paddingBottom);
  return Math.ceil(end - answer.getBoundingClientRect().top + padding);
}
