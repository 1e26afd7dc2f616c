import type { Turn } from "../../src/protocol/chat-state.ts";
import type { CacheReport } from "../../src/protocol/served.ts";
import { promptTokens } from "../../src/protocol/token-usage.ts";
import { resendPrompt } from "../host.ts";
import { Icon } from "../icon.tsx";
import { copyText } from "../markdown/answer-clicks.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { modelName } from "../model-name.ts";
import { IconButton } from "../primitives/button.tsx";
import { useClock } from "../primitives/use-clock.ts";
import { formatDuration, formatNumber, formatShare, formatTime, formatWait, plural, t } from "../strings.ts";
import { TurnCost } from "./turn-cost.tsx";
import { answerText } from "./visible-parts.ts";

interface TurnFooterProps {
  readonly turn: Turn;
  readonly durationMs: number;
  readonly isLast: boolean;
}

/** What a turn took: model, tokens, cost, time and when it was over; Copy and Retry. */
export function TurnFooter({ turn, durationMs, isLast }: TurnFooterProps) {
  const answer = answerText(turn);
  return (
    <div class={`turn-footer ${isLast ? "turn-footer-last" : ""}`}>
      {answer !== "" && (
        <button
          type="button"
          class="icon-button copy-button"
          aria-label={t("Copy answer")}
          title={t("Copy answer")}
          onClick={(event) => void copyText(visibleText(answer), event.currentTarget)}
        >
          <Icon name="copy" />
          <Icon name="check" />
        </button>
      )}
      {canRetry(turn) && (
        <IconButton
          icon="refresh"
          label={t("Retry")}
          title={t("Retry: take this answer back and ask again")}
          onPress={() => resendPrompt(turn.id, turn.prompt)}
        />
      )}
      <span class="turn-details">
        {describeTurn(turn).map((detail) => (
          <span key={detail}>{detail}</span>
        ))}
        {turn.served?.cache !== undefined && <CacheDetail report={turn.served.cache} counts={isLast} />}
        {turn.cost !== undefined && (
          <span>
            <TurnCost turn={turn} />
          </span>
        )}
        <span title={t("Completed at {0}", formatTime(turn.startedAt + durationMs))}>{formatDuration(durationMs)}</span>
      </span>
    </div>
  );
}

/** Other endings have their own ways on. */
function canRetry({ phase }: Turn): boolean {
  return phase.kind === "ended" && (phase.outcome.kind === "completed" || phase.outcome.kind === "cancelled");
}

/** The share that came from the cache and, of the last turn, how long it is kept; the rest on hovering. */
function CacheDetail({ report, counts }: { readonly report: CacheReport; readonly counts: boolean }) {
  const left = Math.ceil((report.endsAt - useClock(counts && report.endsAt > Date.now())) / 1000);
  const share = t("Cache {0}", formatShare(report.share));
  return <span title={report.detail}>{counts && left > 0 ? t("{0}, {1} left", share, formatWait(left)) : share}</span>;
}

function describeTurn({ connection, usage, retries, served }: Turn): readonly string[] {
  const details = [modelName(connection)];
  if (usage !== null) {
    const cached = usage.cacheReadInputTokens;
    const input = formatNumber(promptTokens(usage));
    details.push(cached > 0 ? t("{0} in ({1} cached)", input, formatNumber(cached)) : t("{0} in", input));
    details.push(t("{0} out", formatNumber(usage.outputTokens)));
  }
  if (retries > 0) details.push(plural(retries, "{0} retry", "{0} retries"));
  return [...details, ...(served?.differences ?? [])];
}
