import { announce } from "../announcements/announcer.tsx";
import { focusComposer } from "../composer/draft.ts";
import { t } from "../strings.ts";
import { stickToBottom } from "./stick-to-bottom.ts";
import type { WalkStep } from "./walk-step.ts";

const items = ".turns > * > li";
const prompts = ".turns > * > .prompt";
const code = ".turns .code-block";

/** Of a turn that gets the focus, in characters: its text can be read on from there. */
const spokenLength = 600;

/** Puts the focus on another turn, prompt or code block; behind the last turn comes the composer. */
export function walkTranscript(step: WalkStep): void {
  const [element, otherwise] = destination(step);
  if (element !== undefined) focusItem(element);
  else if (step === "next") focusComposer();
  else announce(otherwise);
}

/** @returns where it leads, and what is said where it leads nowhere */
function destination(step: WalkStep): readonly [element: HTMLElement | undefined, otherwise: string] {
  switch (step) {
    case "last":
      return [findAll(items).at(-1), t("There is no answer yet.")];
    case "next":
      return [following(items), ""];
    case "previous":
      return [preceding(items), t("No earlier message.")];
    case "next-prompt":
      return [following(prompts), t("No later prompt.")];
    case "previous-prompt":
      return [preceding(prompts), t("No earlier prompt.")];
    case "next-code":
      return [following(code), t("No later code block.")];
    case "previous-code":
      return [preceding(code), t("No earlier code block.")];
  }
}

/** What is folded is passed over. */
function findAll(selector: string): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => element.closest(".folded") === null);
}

/** Behind the focus, or inside what has it; nothing where the focus is outside the transcript. */
function following(selector: string): HTMLElement | undefined {
  const focus = focusInTranscript();
  return focus === undefined ? undefined : findAll(selector).find((element) => isBehind(element, focus));
}

/** Before the focus; from outside the transcript the last one. */
function preceding(selector: string): HTMLElement | undefined {
  const focus = focusInTranscript();
  if (focus === undefined) return findAll(selector).at(-1);
  return findAll(selector).findLast((element) => isBehind(focus, element) && !element.contains(focus));
}

function isBehind(element: Element, other: Element): boolean {
  return (other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

function focusInTranscript(): Element | undefined {
  const { activeElement } = document;
  return activeElement?.closest(".turns") ? activeElement : undefined;
}

function focusItem(element: HTMLElement): void {
  const target = element.matches(".code-block") ? (element.querySelector<HTMLElement>("pre") ?? element) : element;
  if (target === element) nameWhileFocused(element);
  if (element !== findAll(items).at(-1)) stickToBottom.value = false;
  target.focus({ preventScroll: true });
  element.scrollIntoView({ block: target === element ? "start" : "nearest" });
}

/** A turn is named by who speaks and how it begins, as long as it has the focus: its text may grow. */
function nameWhileFocused(item: HTMLElement): void {
  const author = item.querySelector("h2")?.textContent ?? "";
  const texts = [...item.querySelectorAll(".prompt-bubble, .answer > .markdown:not(.folded) > *")];
  const words = texts
    .map((text) => (text.matches(".code-block") ? t("Code block.") : (text.textContent ?? "")))
    .join(" ");
  item.tabIndex = -1;
  item.setAttribute("aria-label", t("{0}: {1}", author, words.replace(/\s+/g, " ").trim().slice(0, spokenLength)));
  item.addEventListener("blur", () => item.removeAttribute("aria-label"), { once: true });
}
