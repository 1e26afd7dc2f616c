import type { Turn, TurnPhase } from "../../src/protocol/chat-state.ts";
import { Icon } from "../icon.tsx";
import { Button } from "../primitives/button.tsx";
import { useClock } from "../primitives/use-clock.ts";
import { stopTurn } from "../session/chat-session.ts";
import { stopping } from "../session/panel-state.ts";
import { formatDuration, formatNumber, t } from "../strings.ts";

interface ProgressRowProps {
  readonly turn: Turn;
  readonly phase: Exclude<TurnPhase, { kind: "ended" }>;
}

/** What the turn waits for, when nothing else on screen says so. */
export function ProgressRow({ turn, phase }: ProgressRowProps) {
  if (stopping.value) return <Working text={t("Stopping")} />;
  switch (phase.kind) {
    case "waiting":
      return <Working text={t("Working")} since={phase.since} />;
    case "tools":
      return turn.parts.some(isBusy) ? null : <Working text={t("Working")} />;
    case "streaming":
      return null;
    case "retrying":
      return <RetryRow phase={phase} />;
  }
}

function isBusy(part: Turn["parts"][number]): boolean {
  if (part.kind !== "tool") return false;
  return part.call.status.kind === "running" || part.call.status.kind === "awaiting-approval";
}

/** From here on the wait is counted, in milliseconds. */
const longWaitMs = 5000;

function Working({ text, since }: { readonly text: string; readonly since?: number }) {
  const now = useClock(since !== undefined);
  const waited = since === undefined ? 0 : now - since;
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

function RetryRow({ phase }: { readonly phase: Extract<TurnPhase, { kind: "retrying" }> }) {
  const now = useClock(true);
  const seconds = Math.max(0, Math.ceil((phase.resumesAt - now) / 1000));
  const attempt = t("Retry {0} of {1}", formatNumber(phase.retry), formatNumber(phase.retries));
  return (
    <div class="notice notice-warning">
      <Icon name="refresh" class="notice-icon" />
      <div class="notice-content">
        <div>{phase.error.message}</div>
        <div class="notice-muted">
          {seconds === 0 ? t("{0} now", attempt) : t("{0} in {1}", attempt, formatDuration(seconds * 1000))}
        </div>
        <div class="notice-actions">
          <Button onPress={stopTurn}>{t("Stop")}</Button>
        </div>
      </div>
    </div>
  );
}
