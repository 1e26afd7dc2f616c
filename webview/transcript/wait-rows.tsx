import { useState } from "preact/hooks";
import type { Silence, Turn, TurnPhase } from "../../src/protocol/chat-state.ts";
import { retryNow, runHostCommand } from "../host.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { useClock } from "../primitives/use-clock.ts";
import { stopTurn } from "../session/chat-session.ts";
import { formatNumber, t } from "../strings.ts";
import { describePace, describeRetry, describeSilence, describeSilentPhase } from "./describe-waits.ts";
import { ErrorDetails } from "./error-details.tsx";
import { Notice, type NoticeAction, NoticeActions } from "./notice.tsx";

interface TroubleRowProps {
  readonly trouble: NonNullable<Turn["trouble"]>;
  readonly phase: TurnPhase;
}

/**
 * Retries of the current step: the wait for the next one, then that one while it runs. One row for both, so that what is
 * unfolded and focused stays.
 */
export function TroubleRow({ trouble, phase }: TroubleRowProps) {
  const retrying = phase.kind === "retrying" ? phase : null;
  const now = useClock(retrying !== null);
  const skip = useSkip(retrying?.resumesAt);
  const lastError = trouble.errors.at(-1);
  const text =
    retrying === null
      ? `${visibleText(lastError?.message ?? "")} ${t("Retry {0} is running", formatNumber(trouble.errors.length))}`
      : describeRetry(retrying, now);
  return (
    <Notice icon="refresh" tone="warning" text={text}>
      <NoticeActions
        emphasis={false}
        actions={[
          { label: t("Retry Now"), disabled: retrying === null || skip.asked, onPress: skip.ask },
          stopAction(),
          { label: t("Switch Model"), onPress: () => runHostCommand("selectModel") },
        ]}
      />
      <ErrorDetails errors={trouble.errors} />
    </Notice>
  );
}

/** A request that is held back so that it is not refused. */
export function PaceRow({ phase }: { readonly phase: Extract<TurnPhase, { kind: "pacing" }> }) {
  const now = useClock(true);
  const skip = useSkip(phase.resumesAt);
  return (
    <Notice icon="clockface" text={describePace(phase, now)}>
      <NoticeActions
        emphasis={false}
        actions={[{ label: t("Send Now"), disabled: skip.asked, onPress: skip.ask }, stopAction()]}
      />
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
