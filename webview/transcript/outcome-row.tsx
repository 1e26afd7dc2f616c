import type { ComponentChildren } from "preact";
import type { TurnOutcome } from "../../src/protocol/chat-event.ts";
import type { ErrorAction, TurnError } from "../../src/protocol/turn-error.ts";
import { resumeTurn, runHostCommand } from "../host.ts";
import { Icon, type IconName } from "../icon.tsx";
import { visibleText } from "../markdown/visible-text.ts";
import { Button } from "../primitives/button.tsx";
import { Disclosure } from "../primitives/disclosure.tsx";
import { PlainOutput } from "../primitives/plain-output.tsx";
import { formatNumber, t } from "../strings.ts";

interface OutcomeRowProps {
  readonly outcome: TurnOutcome;
  /** Only the last turn can go on. */
  readonly isLast: boolean;
}

/** How a turn ended, when it was not with a whole answer. */
export function OutcomeRow({ outcome, isLast }: OutcomeRowProps) {
  switch (outcome.kind) {
    case "completed":
      return null;
    case "cancelled":
      return <Notice icon="stop-circle" text={t("Canceled")} />;
    case "max-tokens":
      return <Notice icon="warning" tone="warning" text={t("The answer was cut off at the output limit.")} />;
    case "stopped":
      return <Notice icon="warning" tone="warning" text={describeStop(outcome.stopReason)} />;
    case "step-limit":
      return (
        <Notice icon="info" text={t("Outcrop has made {0} model calls. Continue?", formatNumber(outcome.steps))}>
          {isLast && <ContinueButton />}
        </Notice>
      );
    case "interrupted":
      return (
        <Notice icon="warning" tone="warning" text={t("The window closed before the answer was complete.")}>
          {isLast && <ContinueButton />}
        </Notice>
      );
    case "failed":
      return <ErrorRow error={outcome.error} isLast={isLast} />;
  }
}

function ContinueButton() {
  return (
    <div class="notice-actions">
      <Button kind="primary" onPress={resumeTurn}>
        {t("Continue")}
      </Button>
    </div>
  );
}

/** Converse's stop reasons that are no whole answer. */
function describeStop(stopReason: string): string {
  switch (stopReason) {
    case "guardrail_intervened":
      return t("A guardrail stopped the answer.");
    case "content_filtered":
      return t("A content filter stopped the answer.");
    case "model_context_window_exceeded":
      return t("The conversation no longer fits the model's context window.");
    default:
      return t("The model stopped early: {0}.", visibleText(stopReason));
  }
}

interface NoticeProps {
  readonly icon: IconName;
  readonly tone?: "plain" | "warning" | "error";
  readonly text: string;
  readonly children?: ComponentChildren;
}

function Notice({ icon, tone = "plain", text, children }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`}>
      <Icon name={icon} class="notice-icon" />
      <div class="notice-content">
        <div>{text}</div>
        {children}
      </div>
    </div>
  );
}

function ErrorRow({ error, isLast }: { readonly error: TurnError; readonly isLast: boolean }) {
  const details = [
    error.detail ?? "",
    error.requestId === undefined ? "" : t("Request ID: {0}", error.requestId),
  ].filter((line) => line !== "");
  const actions = error.actions.filter((action) => isLast || action !== "retry");
  return (
    <Notice icon="error" tone="error" text={visibleText(error.message)}>
      {details.length > 0 && (
        <Disclosure class="notice-details" header={<span>{t("Details")}</span>}>
          {() => <PlainOutput label={t("What Bedrock said")} text={details.join("\n")} />}
        </Disclosure>
      )}
      {actions.length > 0 && (
        <div class="notice-actions">
          {actions.map((action, index) => (
            <Button key={action} kind={index === 0 ? "primary" : "secondary"} onPress={() => runErrorAction(action)}>
              {actionLabel(action)}
            </Button>
          ))}
        </div>
      )}
    </Notice>
  );
}

function runErrorAction(action: ErrorAction): void {
  switch (action) {
    case "retry":
      resumeTurn();
      return;
    case "select-model":
      runHostCommand("selectModel");
      return;
    case "open-settings":
      runHostCommand("openSettings");
      return;
    case "try-demo":
      runHostCommand("tryDemo");
      return;
    case "show-log":
      runHostCommand("showLog");
      return;
  }
}

function actionLabel(action: ErrorAction): string {
  switch (action) {
    case "retry":
      return t("Retry");
    case "select-model":
      return t("Select Model");
    case "open-settings":
      return t("Open Settings");
    case "try-demo":
      return t("Try the Demo");
    case "show-log":
      return t("Show Log");
  }
}
