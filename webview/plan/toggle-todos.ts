import { announce } from "../announcements/announcer.tsx";
import { focusComposer } from "../composer/draft.ts";
import { t } from "../strings.ts";

/** Unfolds the to-dos and goes to them; from there, folds them and goes back to the composer. */
export function toggleTodos(): void {
  const header = document.querySelector<HTMLElement>(".plan-list > .disclosure-header");
  if (header === null) {
    announce(t("There are no to-dos."));
    return;
  }
  const isOpen = header.getAttribute("aria-expanded") === "true";
  const isHere = header.closest(".plan")?.contains(document.activeElement) === true;
  if (isOpen === isHere) header.click();
  if (isHere) focusComposer();
  else header.focus();
}
