import { randomUUID } from "node:crypto";
import type { ModelRequest } from "../../../agent/model.ts";
import { formatNumber, t, text } from "../../../protocol/localize.ts";
import type { Check } from "../check.ts";
import type { DoctorContext } from "../doctor-context.ts";
import { tinyCall } from "../tiny-call.ts";

const sentence = "This sentence stands here to make the prompt long enough for a cache point to have an effect. ";

/** Two calls with the same long beginning: the first writes it to the cache, the second reads it. */
export const checkCache: Check = {
  id: "cache",
  title: text("Prompt cache"),
  needs: ["call"],
  limitMs: 120_000,
  cost: (context) => {
    if (context.model(16).capabilities.cachePoints.length === 0) return undefined;
    const tokens = prefixTokens(context);
    const usage = { inputTokens: 40, outputTokens: 20, cacheReadInputTokens: tokens, cacheWriteInputTokens: tokens };
    return t(
      "It sends about {0} input tokens twice, once written to the cache and once read from it{1}.",
      formatNumber(tokens),
      context.costText(usage),
    );
  },
  run: async (context, signal) => {
    const model = context.model(16);
    if (model.capabilities.cachePoints.length === 0) {
      return { state: "skipped", why: t("This model is not known to cache prompts.") };
    }
    const request = requestOf(context);
    const first = (await tinyCall(model, () => request, signal)).usage;
    if (model.capabilities.cachePoints.length === 0) {
      const fix = t(
        "Nothing is needed: Outcrop leaves cache points out for this model, and every token has its full price.",
      );
      return { state: "fail", what: t("The model refuses cache points."), fix, actions: ["select-model"] };
    }
    const second = (await tinyCall(model, () => request, signal)).usage;
    const details = [
      t(
        "First call: {0} tokens written to the cache, {1} others{2}",
        first.cacheWriteInputTokens,
        first.inputTokens,
        context.costText(first),
      ),
      t(
        "Second call: {0} tokens read from the cache, {1} others{2}",
        second.cacheReadInputTokens,
        second.inputTokens,
        context.costText(second),
      ),
    ];
    if (second.cacheReadInputTokens > 0) {
      return { state: "pass", what: t("{0} tokens were read from the cache.", second.cacheReadInputTokens), details };
    }
    const what =
      first.cacheWriteInputTokens > 0
        ? t("A prefix was written to the cache and not found there by the next call.")
        : t("Nothing was written to the cache.");
    const fix = t(
      "Outcrop works without it, at the full price of every token. A gateway may drop cachePoint or spread calls over regions.",
    );
    return { state: "fail", what, fix, details };
  },
};

/** A fifth above the family's minimum, by the rule of four characters a token; counted with more it is still enough. */
function prefixTokens(context: DoctorContext): number {
  return Math.ceil((context.model(16).capabilities.cacheMinimumTokens || 1_024) * 1.5);
}

function requestOf(context: DoctorContext): ModelRequest {
  const length = prefixTokens(context) * 4;
  // A number of its own, so that no cache of an earlier run answers.
  const prompt = `Check ${randomUUID()}. ${sentence.repeat(Math.ceil(length / sentence.length))}`;
  return {
    system: [{ text: prompt }],
    messages: [{ role: "user", content: [{ text: "Answer with the one word OK." }] }],
  };
}
