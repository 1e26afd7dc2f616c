import { focusComposer } from "../composer/draft.ts";
import { tellFocus } from "../host.ts";

/** What had the focus last. */
let last: HTMLElement | null = null;

/**
 * Where the focus goes when what had it is gone: from an approval to the next one and from a changed file to the same button
 * of the one that took its place, if there is one, else to the composer. A card gets it as a whole, so that a key pressed
 * twice answers one request.
 */
export function leaveFocus(left: Element): void {
  const card = left.closest<HTMLElement>("[data-approval]");
  const next = card === null ? sameButton(left) : otherCard(card);
  if (next === undefined) focusComposer();
  else next.focus();
}

function sameButton(left: Element): HTMLElement | undefined {
  const row = left.closest<HTMLElement>("[data-change]");
  if (row === null) return undefined;
  const rows = [...document.querySelectorAll("[data-change]")];
  const next = rows[Math.min(Number(row.dataset["change"]), rows.length - 1)];
  const buttons: readonly Element[] = [...row.querySelectorAll("button")];
  return next?.querySelectorAll("button")[buttons.indexOf(left)];
}

function otherCard(card: HTMLElement): HTMLElement | undefined {
  const cards = [...document.querySelectorAll<HTMLElement>("[data-approval]")];
  return cards.find(({ dataset }) => dataset["approval"] !== card.dataset["approval"]);
}

/** Finds the focus a place when its element goes. While the user is elsewhere in the window, that waits for their return. */
export function keepFocus(): void {
  document.addEventListener("focusin", ({ target }) => {
    last = target instanceof HTMLElement ? target : null;
  });
  // A press beside everything takes the focus away on purpose, once the event is over.
  document.addEventListener("mousedown", () => {
    setTimeout(() => {
      if (document.activeElement === document.body) last = null;
    });
  });
  new MutationObserver(() => {
    if (last?.isConnected === false) restore();
  }).observe(document.body, { childList: true, subtree: true });
  // Chromium forgets a frame's focused element when the focus leaves the frame.
  window.addEventListener("focus", restore);
  for (const type of ["focus", "blur"]) window.addEventListener(type, () => tellFocus(document.hasFocus()));
  tellFocus(document.hasFocus());
}

function restore(): void {
  if (last === null || !document.hasFocus() || document.activeElement !== document.body) return;
  if (last.isConnected) last.focus();
  else leaveFocus(last);
}
