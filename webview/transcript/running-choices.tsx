import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ToolCall } from "../../src/protocol/chat-state.ts";
import type { RunningChoice } from "../../src/protocol/running-choice.ts";
import { focusComposer } from "../composer/draft.ts";
import { chooseRunning } from "../host.ts";
import { Button } from "../primitives/button.tsx";
import { useClock } from "../primitives/use-clock.ts";
import { formatWait, t } from "../strings.ts";
import { hasTerminal, ShowTerminal } from "./running-notes.tsx";

interface RunningChoicesProps {
  readonly call: ToolCall;
  /** When it is ended unless the user waits on; null: never. */
  readonly endsAt: number | null;
}

/** What may become of a call that runs for long. When it goes while the focus is within, the composer gets it. */
export function RunningChoices({ call, endsAt }: RunningChoicesProps) {
  const element = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<RunningChoice | null>(null);
  const now = useClock(endsAt !== null);
  useLayoutEffect(
    () => () => {
      if (element.current?.contains(document.activeElement)) focusComposer();
    },
    [],
  );
  const isSettled = chosen === "use-output" || chosen === "stop";
  const choice = (value: RunningChoice, label: string) => (
    <Button
      kind="link"
      disabled={isSettled || (value === "wait" && endsAt === null)}
      onPress={() => {
        setChosen(value);
        chooseRunning(call.id, value);
      }}
    >
      {label}
    </Button>
  );
  return (
    <div class="running-choices" ref={element}>
      <span>
        {endsAt === null
          ? t("Still running")
          : t("Still running, ends in {0}", formatWait(Math.max(0, Math.ceil((endsAt - now) / 1000))))}
      </span>
      {choice("wait", t("Keep Waiting"))}
      {hasTerminal(call) && <ShowTerminal />}
      {choice("use-output", t("Continue in Background"))}
      {choice("stop", t("Stop"))}
    </div>
  );
}
