import type { Highlighter } from "./highlighter.ts";

/** Longer code stays plain: colours are not worth a stalled panel. */
const longestCode = 40 * 1024;
const mostLines = 1000;

const waiting = new Set<HTMLElement>();
let scheduled = false;
let highlighter: Highlighter | undefined;

/** Highlights the finished code blocks in an element when the browser has nothing better to do. */
export function highlightWithin(element: HTMLElement): void {
  for (const code of element.querySelectorAll<HTMLElement>("pre > code")) {
    const { language } = code.dataset;
    if (language !== undefined && language !== "" && code.dataset["highlighted"] === undefined) waiting.add(code);
  }
  schedule();
}

function schedule(): void {
  if (scheduled || waiting.size === 0) return;
  scheduled = true;
  requestIdleCallback((deadline) => void highlightWaiting(deadline));
}

async function highlightWaiting(deadline: IdleDeadline): Promise<void> {
  // Without it code stays plain; the next finished block asks for it again.
  highlighter ??= await import("../highlight.ts").then(
    ({ highlight }) => highlight,
    () => undefined,
  );
  scheduled = false;
  if (highlighter === undefined) return waiting.clear();
  for (const code of waiting) {
    waiting.delete(code);
    if (code.isConnected) highlight(code, highlighter);
    if (deadline.timeRemaining() <= 0) break;
  }
  schedule();
}

function highlight(code: HTMLElement, highlighter: Highlighter): void {
  const text = code.textContent ?? "";
  if (text.length > longestCode || text.split("\n").length > mostLines) return;
  const highlighted = highlighter(code.dataset["language"] ?? "", text);
  if (highlighted === undefined) return;
  code.dataset["highlighted"] = "";
  code.replaceChildren(highlighted);
}
