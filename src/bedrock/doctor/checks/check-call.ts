import { t, text } from "../../../protocol/localize.ts";
import type { Check } from "../check.ts";
import { tinyCall } from "../tiny-call.ts";

/** One streamed answer of a few tokens. */
export const checkCall: Check = {
  id: "call",
  title: text("Streamed call"),
  needs: ["identity", "region", "endpoint"],
  limitMs: 120_000,
  run: async (context, signal) => {
    const model = context.model(16);
    const messages = [{ role: "user" as const, content: [{ text: "Answer with the one word OK." }] }];
    const answer = await tinyCall(model, () => ({ messages }), signal);
    const { usage, firstTokenMs, elapsedMs } = answer;
    const cost = t(
      "{0} input and {1} output tokens{2}",
      usage.inputTokens,
      usage.outputTokens,
      context.costText(usage),
    );
    if (!model.capabilities.streaming) {
      return {
        state: "pass",
        what: t("A whole answer after {0} ms: this model does not stream. {1}.", elapsedMs, cost),
      };
    }
    if (firstTokenMs === undefined)
      return { state: "pass", what: t("An answer without content after {0} ms. {1}.", elapsedMs, cost) };
    return {
      state: "pass",
      what: t("First token after {0} ms, whole answer after {1} ms. {2}.", firstTokenMs, elapsedMs, cost),
    };
  },
};
