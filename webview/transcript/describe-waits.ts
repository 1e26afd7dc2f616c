import type { SilentPhase } from "../../src/protocol/chat-event.ts";
import type { Silence, Trouble, TurnPhase } from "../../src/protocol/chat-state.ts";
import type { Connection } from "../../src/protocol/connection.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { modelName, placeName } from "../model-name.ts";
import { formatNumber, formatWait, t } from "../strings.ts";

type Retrying = Extract<TurnPhase, { kind: "retrying" }>;
type Pacing = Extract<TurnPhase, { kind: "pacing" }>;

/** What failed, and when which retry comes. `now` is in milliseconds since the epoch, here and below. */
export function describeRetry({ error, retry, retries, resumesAt }: Retrying, now: number): string {
  const left = wholeSeconds(resumesAt - now);
  const attempt = t("Retry {0} of {1}", formatNumber(retry), formatNumber(retries));
  const when = left === 0 ? t("{0} now", attempt) : t("{0}, in {1}", attempt, formatWait(left));
  return `${visibleText(error.message)} ${when}`;
}

/** What failed, and which retry is on its way; to whom, where the user has switched the model since. */
export function describeRunningRetry({ errors, switched }: Trouble, connection: Connection): string {
  const retry = formatNumber(errors.length);
  const running = switched
    ? t("Retry {0} is running with {1}", retry, modelName(connection))
    : t("Retry {0} is running", retry);
  return `${visibleText(errors.at(-1)?.message ?? "")} ${running}`;
}

/** Why the request is held back, from whom, and for how long. */
export function describePace({ reason, resumesAt, limit }: Pacing, connection: Connection, now: number): string {
  const to = visibleText(placeName(connection));
  const wait = formatWait(wholeSeconds(resumesAt - now));
  switch (reason) {
    case "back-off":
      return t("Waiting {0}, because Bedrock throttled a request to {1} a moment ago", wait, to);
    case "tokens-per-minute":
      return t(
        "Waiting {0} so that Bedrock does not refuse the request to {1}: {2}",
        wait,
        to,
        perMinute(t("tokens per minute"), limit),
      );
    case "requests-per-minute":
      return t(
        "Waiting {0} so that Bedrock does not refuse the request to {1}: {2}",
        wait,
        to,
        perMinute(t("requests per minute"), limit),
      );
  }
}

function perMinute(unit: string, limit: number | undefined): string {
  return limit === undefined ? unit : t("{0} {1}", formatNumber(limit), unit);
}

/** How long nothing came, how long Outcrop still waits, and what it does then. */
export function describeSilence({ since, reconnectsAt, givesUp }: Silence, now: number): string {
  const silent = formatWait(Math.max(0, Math.floor((now - since) / 1000)));
  const left = wholeSeconds(reconnectsAt - now);
  if (givesUp) {
    return left === 0
      ? t("No tokens for {0}, giving up now", silent)
      : t("No tokens for {0}, giving up in {1}", silent, formatWait(left));
  }
  return left === 0
    ? t("No tokens for {0}, reconnecting now", silent)
    : t("No tokens for {0}, reconnecting in {1}", silent, formatWait(left));
}

/** What the stream was doing when it fell silent. */
export function describeSilentPhase(phase: SilentPhase): string {
  switch (phase) {
    case "first-byte":
      return t("The answer has not begun.");
    case "thinking":
      return t("The model was thinking.");
    case "text":
      return t("The model was in the middle of its answer.");
    case "tool-input":
      return t("The model was in the middle of a tool call.");
  }
}

/** A rest of milliseconds in seconds, rounded up, never negative. */
function wholeSeconds(milliseconds: number): number {
  return Math.max(0, Math.ceil(milliseconds / 1000));
}
