import type { AnswerCode, CodeAction } from "../../src/protocol/code-action.ts";
import { announce } from "../announcements/announcer.tsx";
import { openFile, openLink, runCodeAction } from "../host.ts";
import { withLater } from "../later.ts";
import { t } from "../strings.ts";

/** How long a Copy button shows its check mark. */
const copiedMs = 1500;

/** Hears clicks and keys on links, file references and code toolbars of all answers, which carry what to do in `data-*`. */
export function listenToAnswers(): void {
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && activate(event.target)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const { target, key, repeat } = event;
    if (!(target instanceof HTMLElement)) return;
    const isLink = target instanceof HTMLAnchorElement && key === "Enter" && !repeat;
    if ((isLink && activate(target)) || walkToolbar(target, key)) event.preventDefault();
  });
}

function activate(target: Element): boolean {
  const element = target.closest<HTMLElement>("[data-href], [data-path], .code-toolbar > [data-action]");
  if (element === null) return false;
  const { href, path, line, endLine, action } = element.dataset;
  if (href !== undefined) openLink(href);
  else if (path !== undefined) openFile(path, toLine(line), toLine(endLine));
  else if (action === "copy-code") void copyText(answerCode(element).text, element);
  else if (action === "more-code")
    void withLater(({ openCodeMenu }) => openCodeMenu(element, (choice) => actOnCode(element, choice)));
  else if (action === "insert-at-cursor" || action === "apply-in-editor") actOnCode(element, action);
  return true;
}

function toLine(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function actOnCode(element: HTMLElement, action: CodeAction): void {
  runCodeAction(action, answerCode(element));
}

/**
 * The code block that an element is in. Its text is without an end of line: pasted into a terminal, that would run the last
 * line. Hidden characters are written out as shown.
 */
function answerCode(element: HTMLElement): AnswerCode {
  const block = element.closest<HTMLElement>(".code-block");
  const code = block?.querySelector("code");
  const file = block?.dataset["file"] ?? fileBefore(block);
  return {
    text: (code?.textContent ?? "").trimEnd(),
    language: code?.dataset["language"] ?? "",
    ...(file !== undefined && { file }),
  };
}

/** The one path that the paragraph or heading right above a code block names. */
function fileBefore(block: HTMLElement | null): string | undefined {
  const named = block?.previousElementSibling?.matches("p, h3, h4, h5, h6")
    ? block.previousElementSibling.querySelectorAll<HTMLElement>("[data-path]")
    : [];
  const paths = new Set([...named].map(({ dataset }) => dataset["path"]));
  return paths.size === 1 ? [...paths][0] : undefined;
}

/** The arrow keys go from button to button of a toolbar. */
function walkToolbar(target: HTMLElement, key: string): boolean {
  const toolbar = target.closest(".code-toolbar");
  if (toolbar === null || (key !== "ArrowLeft" && key !== "ArrowRight") || target.closest("[role=menu]")) return false;
  const buttons = [...toolbar.querySelectorAll<HTMLElement>(":scope > button")];
  const step = (key === "ArrowRight") === (getComputedStyle(toolbar).direction === "ltr") ? 1 : -1;
  const next = buttons.at((buttons.indexOf(target) + step) % buttons.length);
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next?.focus();
  return true;
}

/** Copies and shows a check mark in the button for a moment. */
export async function copyText(text: string, button: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    announce(t("Copying failed"), "assertive");
    return;
  }
  announce(t("Copied to clipboard"));
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), copiedMs);
}
