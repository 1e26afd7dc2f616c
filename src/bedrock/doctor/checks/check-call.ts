import type { Check } from "../check.ts";
import { tinyCall } from "../tiny-call.ts";

/** One streamed answer of a few tokens. */
export const checkCall: Check = {
  id: "call",
  title: "Streamed call",
  needs: ["identity", "region", "endpoint"],
  limitMs: 120_000,
  run: async (context, signal) => {
    const model = context.model(16);
    const messages = [{ role: "user" as const, content: [{ text: "Answer with the one word OK." }] }];
    const answer = await tinyCall(model, () => ({ messages }), signal);
    const { usage, firstTokenMs, elapsedMs } = answer;
    const cost = `${usage.inputTokens} input and ${usage.outputTokens} output tokens${context.costText(usage)}`;
    if (!model.capabilities.streaming) {
      return { state: "pass", what: `A whole answer after ${elapsedMs} ms: this model does not stream. ${cost}.` };
    }
    if (firstTokenMs === undefined)
      return { state: "pass", what: `An answer without content after ${elapsedMs} ms. ${cost}.` };
    return {
      state: "pass",
      what: `First token after ${firstTokenMs} ms, whole answer after ${elapsedMs} ms. ${cost}.`,
    };
  },
};
