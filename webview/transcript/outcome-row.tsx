import { brokenText } from "../../src/protocol/broken-text.ts";
import type { TurnOutcome } from "../../src/protocol/chat-event.ts";
import type { Turn } from "../../src/protocol/chat-state.ts";
import type { GuardrailReport } from "../../src/protocol/guardrail.ts";
import { compactConversation, continueTurn, resumeTurn, runHostCommand, startNewChat } from "../host.ts";
import { Disclosure } from "../primitives/disclosure.tsx";
import { PlainOutput } from "../primitives/plain-output.tsx";
import { t } from "../strings.ts";
import { describeFindings, describeOutcome } from "./describe-outcome.ts";
import { FailureRow } from "./failure-row.tsx";
import { Notice, type NoticeAction, NoticeActions } from "./notice.tsx";

interface OutcomeRowProps {
  readonly turn: Turn;
  readonly outcome: TurnOutcome;
  /** Only the last turn can go on. */
  readonly isLast: boolean;
}

/** How a turn ended, when it was not with a whole answer, and the ways on from there. */
export function OutcomeRow({ turn, outcome, isLast }: OutcomeRowProps) {
  switch (outcome.kind) {
    case "completed":
      return null;
    case "cancelled":
      return <Notice icon="stop-circle" {...describeOutcome(outcome)} />;
    case "failed":
      return <FailureRow turn={turn} outcome={outcome} isLast={isLast} />;
    case "step-limit":
      return (
        <Notice icon="info" {...describeOutcome(outcome)}>
          {isLast && <NoticeActions actions={[{ label: t("Continue"), onPress: resumeTurn }]} />}
        </Notice>
      );
    case "paused":
      return (
        <Notice icon="warning" tone="warning" title={t("Paused")} {...describeOutcome(outcome)}>
          {isLast && <NoticeActions actions={[{ label: t("Continue…"), onPress: resumeTurn }]} />}
        </Notice>
      );
    case "max-tokens":
    case "interrupted":
    case "stopped":
      return (
        <Notice icon="warning" tone="warning" {...describeOutcome(outcome)}>
          {isLast && <NoticeActions actions={waysOn(turn, outcome)} emphasis={outcome.kind !== "stopped"} />}
          {outcome.kind === "stopped" && outcome.guardrail && <GuardrailDetails report={outcome.guardrail} />}
        </Notice>
      );
  }
}

function GuardrailDetails({ report }: { readonly report: GuardrailReport }) {
  if (report.findings.length === 0) return null;
  return (
    <Disclosure class="notice-details" header={<span>{t("Details")}</span>}>
      {() => <PlainOutput label={t("What the guardrail found")} text={describeFindings(report)} />}
    </Disclosure>
  );
}

function waysOn(
  turn: Turn,
  outcome: Extract<TurnOutcome, { kind: "max-tokens" | "interrupted" | "stopped" }>,
): readonly NoticeAction[] {
  switch (outcome.kind) {
    case "max-tokens":
      return [{ label: t("Continue"), onPress: continueTurn }];
    case "interrupted":
      return brokenText(turn).trim() !== ""
        ? [
            { label: t("Continue"), onPress: continueTurn },
            { label: t("Retry"), onPress: resumeTurn },
          ]
        : [{ label: t("Resume"), onPress: resumeTurn }];
    case "stopped":
      return waysOnAfter(outcome.stopReason);
  }
}

function waysOnAfter(stopReason: string): readonly NoticeAction[] {
  const switchModel = { label: t("Switch Model"), onPress: () => runHostCommand("selectModel") };
  switch (stopReason) {
    case "guardrail_intervened":
      return [];
    case "model_context_window_exceeded":
      return [
        { label: t("Compact Conversation"), onPress: compactConversation },
        { label: t("New Chat"), onPress: startNewChat },
        switchModel,
      ];
    default:
      return [switchModel];
  }
}
