import { brokenText } from "../../src/protocol/broken-text.ts";
import type { TurnOutcome } from "../../src/protocol/chat-event.ts";
import type { Turn } from "../../src/protocol/chat-state.ts";
import type { ErrorAction } from "../../src/protocol/turn-error.ts";
import { compactConversation, continueTurn, resumeTurn, runHostCommand } from "../host.ts";
import { t } from "../strings.ts";
import { describeOutcome } from "./describe-outcome.ts";
import { ErrorDetails } from "./error-details.tsx";
import { Notice, type NoticeAction, NoticeActions } from "./notice.tsx";

interface FailureRowProps {
  readonly turn: Turn;
  readonly outcome: Extract<TurnOutcome, { kind: "failed" }>;
  readonly isLast: boolean;
}

/** A model call that failed for good: what, where, and what helps. Part of an answer is marked as such. */
export function FailureRow({ turn, outcome, isLast }: FailureRowProps) {
  const { error, cutOff } = outcome;
  return (
    <Notice icon="error" tone="error" {...(cutOff && { title: t("Interrupted") })} {...describeOutcome(outcome)}>
      <NoticeActions actions={waysOn(turn, outcome, isLast)} />
      <ErrorDetails errors={[...(turn.trouble?.errors ?? []), { at: endOf(turn), ...error }]} />
    </Notice>
  );
}

/** When the turn ended, in milliseconds since the epoch. */
function endOf({ startedAt, phase }: Turn): number {
  return phase.kind === "ended" ? startedAt + phase.durationMs : startedAt;
}

function waysOn(turn: Turn, { error, cutOff }: FailureRowProps["outcome"], isLast: boolean): readonly NoticeAction[] {
  const wanted: readonly ErrorAction[] = cutOff ? ["retry", ...error.actions] : error.actions;
  const actions = [...new Set(wanted)].filter((action) => isLast || !actsOnTurn(action)).map(toNoticeAction);
  const continues = cutOff && isLast && brokenText(turn).trim() !== "";
  return continues ? [{ label: t("Continue"), onPress: continueTurn }, ...actions] : actions;
}

function actsOnTurn(action: ErrorAction): boolean {
  return action === "retry" || action === "compact";
}

function toNoticeAction(action: ErrorAction): NoticeAction {
  switch (action) {
    case "retry":
      return { label: t("Retry"), onPress: resumeTurn };
    case "compact":
      return { label: t("Compact Conversation"), onPress: compactConversation };
    case "select-model":
      return { label: t("Switch Model"), onPress: () => runHostCommand("selectModel") };
    case "sign-in":
      return { label: t("Sign In"), onPress: () => runHostCommand("signIn") };
    case "lower-max-tokens":
      return { label: t("Lower Max Tokens"), onPress: () => runHostCommand("lowerMaxTokens") };
    case "open-settings":
      return { label: t("Open Settings"), onPress: () => runHostCommand("openSettings") };
    case "try-demo":
      return { label: t("Try the Demo"), onPress: () => runHostCommand("tryDemo") };
    case "show-log":
      return { label: t("Show Log"), onPress: () => runHostCommand("showLog") };
  }
}
