import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { announce } from "../announcements/announcer.tsx";
import { IconButton } from "../primitives/button.tsx";
import { formatNumber, t } from "../strings.ts";
import { stickToBottom } from "../transcript/stick-to-bottom.ts";
import { findRanges } from "./find-ranges.ts";
import { clearMarks, markRanges, reveal } from "./mark-ranges.ts";

/** While the turns change, the search runs again at most this often. */
const pauseMs = 250;

/** Frames in which a match is brought back into view: what comes near the screen gets its real height with the frame after. */
const settlingFrames = 10;

/** Searches all turns, in what is folded and off the screen too. */
export function FindBar({ onClose }: { readonly onClose: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState("");
  const [ranges, setRanges] = useState<readonly Range[]>([]);
  const [current, setCurrent] = useState(0);
  const leaveView = useRef<() => void>(undefined);
  useLayoutEffect(() => {
    input.current?.focus();
    return () => {
      leaveView.current?.();
      clearMarks();
    };
  }, []);
  useLayoutEffect(() => markRanges(ranges, current), [ranges, current]);
  const show = (range: Range | undefined) => {
    leaveView.current?.();
    if (range === undefined) return;
    stickToBottom.value = false;
    reveal(range);
    leaveView.current = keepInView(range);
  };
  useEffect(() => {
    const found = search(query);
    setRanges(found);
    setCurrent(0);
    show(found[0]);
    if (query !== "") announce(describe(found.length, 0));
    return onTurnsChange(() => {
      const left = search(query);
      setRanges(left);
      setCurrent((shown) => Math.max(0, Math.min(shown, left.length - 1)));
    });
  }, [query]);
  const go = (step: 1 | -1) => {
    if (ranges.length === 0) return;
    const next = (current + step + ranges.length) % ranges.length;
    setCurrent(next);
    show(ranges[next]);
    announce(describe(ranges.length, next));
  };
  return (
    <search
      class="find-bar"
      onKeyDown={(event) => {
        const isNext = event.key === "F3" || (event.key === "Enter" && event.target === input.current);
        if (event.key === "Escape") onClose();
        else if (isNext && !event.isComposing) go(event.shiftKey ? -1 : 1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <input
        type="text"
        ref={input}
        class="find-input"
        placeholder={t("Find")}
        aria-label={t("Find in the chat. Enter goes to the next match, Shift+Enter to the one before, Escape closes.")}
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      <span class="find-count">{query === "" ? "" : describe(ranges.length, current)}</span>
      <IconButton icon="arrow-up" label={t("Previous Match (Shift+Enter)")} onPress={() => go(-1)} />
      <IconButton icon="arrow-down" label={t("Next Match (Enter)")} onPress={() => go(1)} />
      <IconButton icon="close" label={t("Close (Escape)")} onPress={onClose} />
    </search>
  );
}

function search(query: string): readonly Range[] {
  const root = document.querySelector(".turns");
  return root === null ? [] : findRanges(root, query);
}

/** Calls back after the turns' words changed, be it that some streamed in or that some were unfolded. Returns what ends it. */
function onTurnsChange(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new MutationObserver(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      run();
    }, pauseMs);
  });
  const main = document.querySelector("main");
  if (main !== null) observer.observe(main, { childList: true, characterData: true, subtree: true });
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}

/** Scrolls to a match from the next frame on, when what was unfolded is there. Returns what ends it. */
function keepInView(range: Range): () => void {
  let frame = 0;
  const bring = (left: number) => {
    frame = requestAnimationFrame(() => {
      const { top, bottom } = range.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight || left === settlingFrames) {
        range.startContainer.parentElement?.scrollIntoView({ block: "center" });
      }
      if (left > 0) bring(left - 1);
    });
  };
  bring(settlingFrames);
  return () => cancelAnimationFrame(frame);
}

function describe(count: number, current: number): string {
  return count === 0 ? t("No results") : t("{0} of {1}", formatNumber(current + 1), formatNumber(count));
}
