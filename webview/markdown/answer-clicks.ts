import { announce } from "../announcements/announcer.tsx";
import { openFile, openLink } from "../host.ts";
import { t } from "../strings.ts";

/** How long a Copy button shows its check mark. */
const copiedMs = 1500;

/** Hears clicks and Enter on links, file references and Copy buttons of all answers, which carry what to do in `data-*`. */
export function listenToAnswers(): void {
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && activate(event.target)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const isLink = event.target instanceof HTMLAnchorElement;
    if (isLink && event.key === "Enter" && !event.repeat && activate(event.target)) event.preventDefault();
  });
}

function activate(target: Element): boolean {
  const element = target.closest<HTMLElement>("[data-href], [data-path], [data-action='copy-code']");
  if (element === null) return false;
  const { href, path, line, action } = element.dataset;
  if (href !== undefined) openLink(href);
  else if (path !== undefined) openFile(path, line === undefined ? undefined : Number(line));
  else if (action === "copy-code") void copyText(codeOf(element), element);
  return true;
}

/** Without an end of line: pasted into a terminal, that would run the last line. Hidden characters are written out as shown. */
function codeOf(button: HTMLElement): string {
  return (button.closest(".code-block")?.querySelector("code")?.textContent ?? "").trimEnd();
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
