import { buildEarlier } from "./build-earlier.ts";
import { checkPaths } from "./check-paths.ts";
import { keepScroll } from "./keep-scroll.ts";
import { showStickyPrompt } from "./show-sticky-prompt.ts";
import { skipFarTurns } from "./skip-far-turns.ts";

/** All that is done for the transcript after its first paint. @returns what ends it */
export function attendTranscript(scroller: HTMLElement): () => void {
  const stops = [buildEarlier, keepScroll, showStickyPrompt, checkPaths, skipFarTurns].map((attend) =>
    attend(scroller),
  );
  return () => {
    for (const stop of stops) stop();
  };
}
