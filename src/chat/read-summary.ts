import { ModelError } from "../agent/model.ts";
import type { StreamedMessage } from "../agent/stream-message.ts";
import { t } from "../protocol/localize.ts";
import type { TokenUsage } from "../protocol/token-usage.ts";
import type { ErrorAction } from "../protocol/turn-error.ts";

/** What came of the request for a summary. */
export type ReadSummary =
  | { readonly kind: "summary"; readonly text: string; readonly usage: TokenUsage | null }
  | { readonly kind: "too-long" };

/** A summary takes the place of what it tells, so only one that the model itself ended counts. Throws a `ModelError`. */
export function readSummary(answer: StreamedMessage | "too-long"): ReadSummary {
  if (answer === "too-long" || answer.stopReason === "model_context_window_exceeded") return { kind: "too-long" };
  const { message, usage } = answer;
  const text = (message.content ?? []).map((block) => block.text ?? "").join("");
  const problem = problemOf(answer) ?? (text.trim() === "" ? t("the model wrote none") : undefined);
  if (problem !== undefined)
    throw tooLong(t("could not be shortened, because {0}", problem), ["compact", "select-model"]);
  return { kind: "summary", text: text.trim(), usage };
}

function problemOf({ stopReason, toolUses }: StreamedMessage): string | undefined {
  if (toolUses.length > 0) return t("the model called a tool instead of writing a summary");
  switch (stopReason) {
    case "end_turn":
    case "stop_sequence":
      return undefined;
    case "max_tokens":
      return t("its summary was cut off at the output limit");
    case "guardrail_intervened":
      return t("a guardrail blocked its summary");
    case "content_filtered":
      return t("a content filter blocked its summary");
  }
  return t("the model stopped early in its summary ({0})", stopReason);
}

/** The call for a summary failed. What the error offers instead of sending the conversation again is to shorten it. */
export function noSummary(failure: ModelError): ModelError {
  const { message, actions } = failure.error;
  const others = actions.filter((action) => action !== "retry" && action !== "compact");
  return failure.retold({
    message: t("The conversation could not be shortened. {0}", message),
    actions: ["compact", ...others],
  });
}

/** Not even the least part of the conversation can be summarised. */
export function nothingFits(): ModelError {
  return tooLong(
    t("what a summary would be made from is too: start a new chat, or select a model with a larger window"),
    ["select-model"],
  );
}

/** There is nothing that could be left out, or that has not been yet. */
export function nothingToShorten(): ModelError {
  return tooLong(t("has nothing left to leave out: start a new chat, or select a model with a larger window"), [
    "select-model",
  ]);
}

function tooLong(rest: string, actions: readonly ErrorAction[]): ModelError {
  const message = t("The conversation is too long for the model, and {0}.", rest);
  return new ModelError({ kind: "context_overflow", message, actions }, { most: 0, baseMs: 0 });
}
