import { announce } from "../announcements/announcer.tsx";
import { t } from "../strings.ts";
import { pendingApprovals } from "./panel-state.ts";

const approvals = "[data-approval]";
const questions = "[data-question]";

/** To the approval that waits longest, else to the question; says so where neither waits. */
export function focusApproval(frames = 30): void {
  const card = findCards(approvals)[0] ?? findCards(questions)[0];
  if (card !== undefined) card.focus();
  // A page that was just made has not painted its cards yet.
  else if (pendingApprovals.value.length > 0 && frames > 0) requestAnimationFrame(() => focusApproval(frames - 1));
  else announce(t("No approval is waiting."));
}

/** From one card that waits to the next and around. @returns whether there is one */
export function walkCards(step: 1 | -1): boolean {
  const cards = findCards(`${approvals}, ${questions}`);
  const at = cards.findIndex((card) => card.contains(document.activeElement));
  const next = neighbour(cards, at, step);
  next?.focus();
  return next !== undefined;
}

/** The card that was walked to last: the focus is on the button that walks by then. */
let walkedTo: HTMLElement | undefined;

/** From one approval to the next and around, also by the mouse. */
export function walkApprovals(step: 1 | -1): void {
  const cards = findCards(approvals);
  walkedTo = neighbour(cards, walkedTo === undefined ? -1 : cards.indexOf(walkedTo), step);
  walkedTo?.focus();
}

function findCards(selector: string): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)];
}

/** Around the end; from nowhere (-1) to the first or the last. */
function neighbour(cards: readonly HTMLElement[], at: number, step: 1 | -1): HTMLElement | undefined {
  return at === -1 && step === -1 ? cards.at(-1) : cards[(at + step + cards.length) % cards.length];
}
