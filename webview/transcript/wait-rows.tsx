import { useState } from "preact/hooks";
import type { Silence, Trouble, Turn, TurnPhase } from "../../src/protocol/chat-state.ts";
import { retryNow, runHostCommand } from "../host.ts";
import { useClock } from "../primitives/use-clock.ts";
import { stopTurn } from "../session/chat-session.ts";
import { t } from "../strings.ts";
import {
  describePace,
  describeRetry,
  describeRunningRetry,
  describeSilence,
  describeSilentPhase,
} from "./describe-waits.ts";
import { ErrorDetails } from "./error-details.tsx";
import { Notice, type NoticeAction, NoticeActions } from "./notice.tsx";

interface TroubleRowProps {
  readonly trouble: Trouble;
  readonly connection: Turn["connection"];
  readonly phase: TurnPhase;
}

/**
 * Retries of the current step: the wait for the next one, then that one while it runs. One row for both, so that what is
 * unfolded and focused stays.
 */
export function TroubleRow({ trouble, connection, phase }: TroubleRowProps) {
  const retrying = phase.kind === "retrying" ? phase : null;
  const now = useClock(retrying !== null);
  const skip = useSkip(retrying?.resumesAt);
  const text = retrying === null ? describeRunningRetry(trouble, connection) : describeRetry(retrying, now);
  return (
    <Notice icon="refresh" tone="warning" text={text}>
      <NoticeActions
        emphasis={false}
        actions={[
          { label: t("Retry Now"), disabled: retrying === null || skip.asked, onPress: skip.ask },
          stopAction(),
          switchAction(),
        ]}
      />
      <ErrorDetails errors={trouble.errors} />
    </Notice>
  );
}

interface PaceRowProps {
  readonly phase: Extract<TurnPhase, { kind: "pacing" }>;
  readonly turn: Turn;
}

/** A request that is held back so that it is not refused. */
export function PaceRow({ phase, turn: { connection, trouble } }: PaceRowProps) {
  const now = useClock(true);
  const skip = useSkip(phase.resumesAt);
  return (
    <Notice icon="clockface" text={describePace(phase, connection, now)}>
      <NoticeActions
        emphasis={false}
        actions={[{ label: t("Send Now"), disabled: skip.asked, onPress: skip.ask }, stopAction(), switchAction()]}
      />
      {trouble !== null && <ErrorDetails errors={trouble.errors} />}
    </Notice>
  );
}

/** A stream that is open and says nothing, and what will be done about it. */
export function SilenceRow({ silence }: { readonly silence: Silence }) {
  const now = useClock(true);
  return (
    <Notice
      icon="clockface"
      tone="warning"
      text={describeSilence(silence, now)}
      help={describeSilentPhase(silence.phase)}
    />
  );
}

function stopAction(): NoticeAction {
  return { label: t("Stop"), onPress: stopTurn };
}

/** What waits is sent to the new model at once. */
function switchAction(): NoticeAction {
  return { label: t("Switch Model"), onPress: () => runHostCommand("selectModel") };
}

/** Skips a wait, once each; a wait is known by its end. */
function useSkip(resumesAt: number | undefined) {
  const [skipped, setSkipped] = useState<number | null>(null);
  return {
    asked: resumesAt !== undefined && skipped === resumesAt,
    ask: () => {
      setSkipped(resumesAt ?? null);
      retryNow();
    },
  };
}
