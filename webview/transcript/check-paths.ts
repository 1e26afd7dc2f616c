import { effect } from "@preact/signals";
import { askWhichExist } from "../host.ts";
import { chat, turns } from "../session/panel-state.ts";
import { extent } from "./built-turns.ts";

/** Links that the host was asked about. */
const asked = new WeakSet<HTMLElement>();

/** At once; more are asked about when these are answered for. */
const mostPaths = 200;

/** Asks the host about the paths of answers that are whole; those that lead nowhere become text. @returns what ends it */
export function checkPaths(scroller: HTMLElement): () => void {
  let resting = 0;
  const stop = effect(() => {
    // Both say that there may be links that nobody asked about.
    void [turns.value, extent.value];
    if (chat.value?.current !== null || resting !== 0) return;
    resting = requestIdleCallback(() => {
      resting = 0;
      askAbout(scroller);
    });
  });
  return () => {
    stop();
    cancelIdleCallback(resting);
  };
}

function askAbout(scroller: HTMLElement): void {
  const paths = new Set<string>();
  for (const link of scroller.querySelectorAll<HTMLElement>(".answer [data-path]")) {
    const { path } = link.dataset;
    if (path === undefined || asked.has(link) || (paths.size === mostPaths && !paths.has(path))) continue;
    asked.add(link);
    paths.add(path);
  }
  if (paths.size > 0) askWhichExist([...paths]);
}

export function unlinkPaths(paths: readonly string[]): void {
  const missing = new Set(paths);
  for (const link of document.querySelectorAll<HTMLElement>(".answer [data-path]")) {
    if (missing.has(link.dataset["path"] ?? "")) link.replaceWith(...link.childNodes);
  }
}
