import { useEffect, useRef, useState } from "preact/hooks";
import { withLater } from "../later.ts";
import { Button, IconButton } from "../primitives/button.tsx";
import { listedTurns, searching, sessionId } from "../session/panel-state.ts";
import { plural, t } from "../strings.ts";
import { extent, firstExtent, groupTurns, pageSize, type TurnGroup } from "./built-turns.ts";
import { keptScroll, offsetOf, turnItems } from "./kept-scroll.ts";
import { followContent, stickToBottom } from "./stick-to-bottom.ts";
import { TurnItem } from "./turn-item.tsx";

export function Transcript() {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (scroller.current === null || content.current === null) return undefined;
    return followContent(scroller.current, content.current);
  }, []);
  const all = listedTurns.value;
  const session = sessionId.value;
  const isOpening = extent.value.session !== session;
  const kept = isOpening ? keptScroll(session) : undefined;
  const shown = isOpening ? firstExtent(session, all, kept?.turn) : extent.value;
  useEffect(() => {
    extent.value = shown;
    stickToBottom.value = kept === undefined;
    const { current } = scroller;
    if (current === null || kept === undefined) return;
    const items = turnItems(current);
    const prompt = items[items.length + 2 * Math.min(-1, kept.turn - all.length)];
    current.scrollBy(0, offsetOf(prompt, current) - kept.offset);
  }, [session]);
  useEffect(() => {
    const { current } = scroller;
    let stop: (() => void) | undefined;
    void withLater(({ attendTranscript }) => {
      if (current?.isConnected) stop = attendTranscript(current);
    });
    return () => stop?.();
  }, []);
  const hidden = Math.max(0, all.length - shown.wanted);
  const first = Math.max(hidden, all.length - (searching.value ? shown.wanted : shown.built));
  return (
    <>
      <div class={`transcript ${stickToBottom.value ? "transcript-sticking" : ""}`} ref={scroller} tabIndex={-1}>
        <div ref={content}>
          {hidden > 0 && (
            <div class="show-earlier">
              <Button
                onPress={() => {
                  extent.value = { ...shown, wanted: shown.wanted + pageSize };
                }}
              >
                {plural(hidden, "Show {0} earlier turn", "Show {0} earlier turns")}
              </Button>
            </div>
          )}
          {/* biome-ignore lint/a11y/useSemanticElements: an ol may have nothing but li in it. */}
          <div class="turns" role="list" aria-label={t("Conversation")}>
            {groupTurns(all, first).map(({ number, ...group }) => (
              <TurnGroupView key={`${session}-${number}`} {...group} isFar={group.isWhole && !isOpening} />
            ))}
          </div>
        </div>
      </div>
      {!stickToBottom.value && (
        <IconButton
          icon="arrow-down"
          class="scroll-to-bottom"
          label={t("Scroll to Bottom")}
          onPress={() => {
            stickToBottom.value = true;
          }}
        />
      )}
    </>
  );
}

interface TurnGroupProps extends Omit<TurnGroup, "number"> {
  /** From the beginning: it is not laid out until it comes near the screen; the browser keeps what is read in place. */
  readonly isFar: boolean;
}

function TurnGroupView({ turns, isWhole, height, isFar }: TurnGroupProps) {
  const [style] = useState(isFar ? { contentVisibility: "auto", containIntrinsicBlockSize: `${height}px` } : undefined);
  return (
    <div class={isWhole ? "turns-whole" : ""} style={style}>
      {turns.map(({ turn, position }) => (
        <TurnItem key={turn.id} turn={turn} position={position} />
      ))}
    </div>
  );
}
