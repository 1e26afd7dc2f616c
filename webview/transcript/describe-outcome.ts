import type { TurnOutcome } from "../../src/protocol/chat-event.ts";
import {
  type GuardrailFinding,
  type GuardrailPolicy,
  type GuardrailReport,
  onlyTells,
} from "../../src/protocol/guardrail.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { formatNumber, t, text } from "../strings.ts";

/** An ending in words: what happened, and what helps. */
export interface Ending {
  readonly text: string;
  readonly help?: string;
}

/** How a turn ended, when it was not with a whole answer. */
export function describeOutcome(outcome: Exclude<TurnOutcome, { kind: "completed" }>): Ending {
  switch (outcome.kind) {
    case "cancelled":
      return { text: t("Canceled") };
    case "max-tokens":
      return { text: t("The answer was cut off at the output limit.") };
    case "step-limit":
      return { text: t("Outcrop has made {0} model calls. Continue?", formatNumber(outcome.steps)) };
    case "paused":
      return { text: visibleText(outcome.pause.message.replace(/^E_[A-Z]+: /, "")) };
    case "interrupted":
      return { text: t("The window was closed in the middle of this turn.") };
    case "failed":
      return { text: visibleText(outcome.error.message) };
    case "stopped":
      return outcome.guardrail === undefined ? describeStop(outcome.stopReason) : describeGuardrail(outcome.guardrail);
  }
}

/** Which policies fired. */
function describeGuardrail(report: GuardrailReport): Ending {
  const { blocked, findings } = report;
  const policies = [...new Set(findings.map(describePolicy))].join(", ") || t("no policy named");
  if (onlyTells(report)) return { text: t("Checked by guardrail, nothing was changed: {0}", policies) };
  return blocked
    ? {
        text: t("Blocked by guardrail: {0}", policies),
        help: t("What was blocked is left out of what is sent from now on. The chat can go on."),
      }
    : { text: t("Parts of the answer were masked by guardrail: {0}", policies) };
}

const policyNames: Readonly<Record<GuardrailPolicy, string>> = {
  topic: text("denied topic"),
  content: text("content filter"),
  word: text("word filter"),
  "sensitive-information": text("sensitive information"),
  grounding: text("grounding check"),
  "automated-reasoning": text("automated reasoning"),
};

function describePolicy({ policy, name, match }: GuardrailFinding): string {
  const kind = t(policyNames[policy]);
  return name === match || name === policy ? kind : t("{0} {1}", kind, visibleText(name));
}

/** One line for each policy that fired: on what, and by which text. */
export function describeFindings({ findings }: GuardrailReport): string {
  const lines = findings.map((finding) => {
    const side = finding.side === "input" ? t("Sent") : t("Answered");
    const match = finding.match === undefined ? "" : ` “${finding.match}”`;
    return `${side}: ${describePolicy(finding)}${match}`;
  });
  return lines.join("\n");
}

/** Converse's stop reasons that are no whole answer. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
function describeStop(stopReason: string): Ending {
  switch (stopReason) {
    case "guardrail_intervened":
      return {
        text: t("A guardrail of the account blocked this."),
        help: t("The chat can go on: write the prompt in another way, or ask whoever manages the guardrail."),
      };
    case "content_filtered":
      return {
        text: t("A content filter of the model blocked this."),
        help: t("The chat can go on: write the prompt in another way, or switch to another model."),
      };
    case "malformed_tool_use":
      return {
        text: t("The model wrote a tool call that cannot be read."),
        help: t("Nothing was run. Ask again, or switch to another model."),
      };
    case "malformed_model_output":
      return {
        text: t("The model wrote an answer that cannot be read."),
        help: t("Ask again, or switch to another model."),
      };
    case "model_context_window_exceeded":
      return {
        text: t("The conversation no longer fits the model's context window."),
        help: t("Make the conversation shorter, start a new chat, or switch to a model with a larger window."),
      };
    default:
      return {
        text: t("The model stopped early: {0}.", visibleText(stopReason)),
        help: t("What came until then is shown. Ask again, or switch to another model."),
      };
  }
}
