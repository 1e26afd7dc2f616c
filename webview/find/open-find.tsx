import { render } from "preact";
import { focusComposer } from "../composer/draft.ts";
import { searching } from "../session/panel-state.ts";
import { FindBar } from "./find-bar.tsx";

let place: HTMLElement | undefined;

/** Opens the search over the transcript, or goes to it. Closed, it gives the focus back. */
export function openFind(): void {
  if (place !== undefined) {
    place.querySelector<HTMLInputElement>("input")?.select();
    return;
  }
  const { activeElement } = document;
  const opened = document.createElement("div");
  document.body.append(opened);
  place = opened;
  searching.value = true;
  const panel = document.getElementById("outcrop");
  panel?.classList.add("searched");
  const close = () => {
    render(null, opened);
    opened.remove();
    place = undefined;
    panel?.classList.remove("searched");
    searching.value = false;
    if (activeElement instanceof HTMLElement && activeElement !== document.body && activeElement.isConnected) {
      activeElement.focus({ preventScroll: true });
    } else focusComposer();
  };
  render(<FindBar onClose={close} />, opened);
}
