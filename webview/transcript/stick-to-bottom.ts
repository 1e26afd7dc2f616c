import { signal } from "@preact/signals";

/** Whether the transcript follows what is added at its end. */
export const stickToBottom = signal(true);

/** How far from the end still counts as the end, in CSS pixels. */
const threshold = 10;

/**
 * Keeps a scrolling element at its end while it sticks. Scrolling upward lets go; coming back to the end sticks again.
 * @param content the element inside whose height changes
 * @returns what ends it
 */
export function followContent(scroller: HTMLElement, content: HTMLElement): () => void {
  let lastTop = scroller.scrollTop;
  let lastHeight = scroller.scrollHeight;
  const toBottom = () => {
    if (stickToBottom.peek()) scroller.scrollTop = scroller.scrollHeight;
    lastTop = scroller.scrollTop;
    lastHeight = scroller.scrollHeight;
    // There is no end to go to.
    scroller.toggleAttribute("data-fits", lastHeight <= scroller.clientHeight);
  };
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const fromEnd = scrollHeight - scrollTop - clientHeight;
    // Content that got shorter moves the position up as well; that is not the user's doing.
    if (fromEnd <= threshold) stickToBottom.value = true;
    else if (scrollTop < lastTop && scrollHeight >= lastHeight) stickToBottom.value = false;
    lastTop = scrollTop;
    lastHeight = scrollHeight;
  };
  const onWheel = (event: WheelEvent) => {
    if (event.deltaY < 0 && scroller.scrollTop > 0) stickToBottom.value = false;
  };
  const observer = new ResizeObserver(toBottom);
  observer.observe(content);
  observer.observe(scroller);
  scroller.addEventListener("scroll", onScroll, { passive: true });
  scroller.addEventListener("wheel", onWheel, { passive: true });
  const stop = stickToBottom.subscribe(toBottom);
  return () => {
    stop();
    observer.disconnect();
    scroller.removeEventListener("scroll", onScroll);
    scroller.removeEventListener("wheel", onWheel);
  };
}
