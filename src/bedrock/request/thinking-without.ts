import type { Feature } from "../../agent/capabilities.ts";
import type { ThinkingField, ThinkingSupport } from "../../agent/request-support.ts";

type ThinkingFeature = Extract<
  Feature,
  "thinking" | "adaptiveThinking" | "thinkingBudget" | "interleavedThinking" | "effort"
>;

/** How a model is asked to think when it has refused this. One that refuses a budget is taken to think adaptively. */
export function thinkingWithout(feature: ThinkingFeature, known: ThinkingSupport): ThinkingSupport {
  switch (feature) {
    case "thinking":
      return { ...known, fields: [] };
    case "adaptiveThinking":
      return { ...known, fields: except(known.fields, "adaptive") };
    case "thinkingBudget":
      return { ...known, fields: [...except(except(known.fields, "budget"), "adaptive"), "adaptive"] };
    case "interleavedThinking":
      return { ...known, isInterleaved: false };
    case "effort":
      return { ...known, efforts: [], fields: except(except(known.fields, "reasoning_effort"), "reasoningConfig") };
  }
}

function except(fields: readonly ThinkingField[], left: ThinkingField): readonly ThinkingField[] {
  return fields.filter((field) => field !== left);
}
