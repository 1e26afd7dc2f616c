import type { Turn, TurnPhase } from "../../src/protocol/chat-state.ts";
import { useClock } from "../primitives/use-clock.ts";
import { stopping } from "../session/panel-state.ts";
import { formatDuration, t } from "../strings.ts";
import { PaceRow, SilenceRow, TroubleRow } from "./wait-rows.tsx";

interface ProgressRowProps {
  readonly turn: Turn;
  readonly phase: Exclude<TurnPhase, { kind: "ended" }>;
}

/** What the turn waits for, when nothing else on screen says so. */
export function ProgressRow({ turn, phase }: ProgressRowProps) {
  const { trouble, silence } = turn;
  if (stopping.value) return <Working text={t("Stopping")} />;
  return (
    <>
      {trouble !== null && phase.kind !== "pacing" && (
        <TroubleRow trouble={trouble} connection={turn.connection} phase={phase} />
      )}
      {phase.kind === "pacing" && <PaceRow phase={phase} turn={turn} />}
      {silence !== null && <SilenceRow silence={silence} />}
      {phase.kind === "compacting" && <Working text={t("Shortening the conversation…")} since={phase.since} />}
      {isBareWait(turn, phase) && <Working text={t("Working")} since={phase.kind === "waiting" ? phase.since : null} />}
    </>
  );
}

function isBareWait({ parts, trouble, silence }: Turn, phase: TurnPhase): boolean {
  switch (phase.kind) {
    case "waiting":
      return trouble === null && silence === null;
    case "tools":
      return !parts.some(isBusy);
    case "streaming":
    case "compacting":
    case "pacing":
    case "retrying":
    case "ended":
      return false;
  }
}

function isBusy(part: Turn["parts"][number]): boolean {
  if (part.kind !== "tool") return false;
  return part.call.status.kind === "running" || part.call.status.kind === "awaiting-approval";
}

/** From here on the wait is counted, in milliseconds. */
const longWaitMs = 5000;

function Working({ text, since = null }: { readonly text: string; readonly since?: number | null }) {
  const now = useClock(since !== null);
  const waited = since === null ? 0 : now - since;
  return (
    <div class="working">
      <span>{text}</span>
      <span class="working-dots" aria-hidden="true">
        <span class="working-dot" />
        <span class="working-dot" />
        <span class="working-dot" />
      </span>
      {waited >= longWaitMs && <span>{formatDuration(Math.floor(waited / 1000) * 1000)}</span>}
    </div>
  );
}
