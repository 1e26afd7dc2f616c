import { useEffect, useRef, useState } from "preact/hooks";
import { Button, IconButton } from "../primitives/button.tsx";
import { turns } from "../session/panel-state.ts";
import { plural, t } from "../strings.ts";
import { followContent, stickToBottom } from "./stick-to-bottom.ts";
import { TurnItem } from "./turn-item.tsx";

/** Turns that are built at once; earlier ones come when asked for. */
const pageSize = 500;

export function Transcript() {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(pageSize);
  useEffect(() => {
    if (scroller.current === null || content.current === null) return undefined;
    stickToBottom.value = true;
    return followContent(scroller.current, content.current);
  }, []);
  const all = turns.value;
  const hidden = Math.max(0, all.length - shown);
  return (
    <>
      <div class={`transcript ${stickToBottom.value ? "transcript-sticking" : ""}`} ref={scroller} tabIndex={-1}>
        <div ref={content}>
          {hidden > 0 && (
            <div class="show-earlier">
              <Button onPress={() => setShown(shown + pageSize)}>
                {plural(hidden, "Show {0} earlier turn", "Show {0} earlier turns")}
              </Button>
            </div>
          )}
          <ol class="turns" aria-label={t("Conversation")}>
            {all.slice(hidden).map((turn, index, list) => (
              <TurnItem key={turn.id} turn={turn} position={list.length - 1 - index} />
            ))}
          </ol>
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
