import type { ModelRequest } from "../../agent/model.ts";
import { leastThinkingBudget, type RequestSettings } from "../../agent/request-settings.ts";
import { type Effort, efforts, type ThinkingSupport } from "../../agent/request-support.ts";
import { allowsThinking } from "../../agent/to-converse/allows-thinking.ts";
import type { Json } from "../../agent/to-converse/well-formed-json.ts";

/** What is left for the answer beside the budget. */
const leastAnswer = 1_024;
/** Claude 4 to 4.5 think between tool calls where this is named; later ones do it by themselves. */
const interleaved = "interleaved-thinking-2025-05-14";

interface Fields {
  [name: string]: Json;
}

export interface ThinkingFields {
  /** Of `additionalModelRequestFields`. */
  readonly fields: Fields;
  /** Claude thinks in this request: it then takes no sampling parameters. */
  readonly isOn: boolean;
  /** The model refuses `maxTokens` and sampling parameters beside these fields. */
  readonly excludesLimits: boolean;
}

interface Wanted extends Pick<RequestSettings, "thinking" | "thinkingBudget" | "effort"> {
  readonly maxTokens: number;
}

/**
 * The fields that ask this model to think, or not to. A budget is part of `maxTokens`; where too little would be left
 * of either, the model does not think. Nor does it with a budget in a tool loop that has begun without thinking,
 * which Claude refuses (B6.102).
 */
export function thinkingFields(wanted: Wanted, support: ThinkingSupport, messages: ModelRequest["messages"]) {
  const { fields } = support;
  const effort = closestEffort(wanted.effort, support.efforts);
  if (fields.includes("reasoningConfig")) return novaFields(wanted.thinking, effort);
  if (fields.includes("reasoning_effort")) {
    const told = effort ?? (wanted.thinking === "budget" ? "medium" : undefined);
    return result(wanted.thinking === "off" || told === undefined ? {} : { reasoning_effort: told }, false);
  }
  const budget = Math.min(wanted.thinkingBudget, wanted.maxTokens - leastAnswer);
  const takesBudget = wanted.thinking === "budget" && fields.includes("budget");
  if (takesBudget && budget >= leastThinkingBudget && allowsThinking(messages ?? [])) {
    const thinking = { type: "enabled", budget_tokens: budget };
    return result({ thinking, ...(support.isInterleaved && { anthropic_beta: [interleaved] }) }, true);
  }
  if (wanted.thinking === "off" || takesBudget) return result(offFields(support, effort), false);
  if (!fields.includes("adaptive")) return result({}, support.isDefault);
  return result({ thinking: { type: "adaptive" }, ...effortField(effort) }, true);
}

/** What thinks by default is told not to, and then takes no more than `high`. */
function offFields({ isDefault, fields }: ThinkingSupport, effort: Effort | undefined): Fields {
  if (!isDefault) return effortField(effort);
  const isTooHigh = effort === "xhigh" || effort === "max";
  const off = fields.includes("adaptive") ? { thinking: { type: "disabled" } } : {};
  return { ...off, ...effortField(isTooHigh ? "high" : effort) };
}

function effortField(effort: Effort | undefined): Fields {
  return effort === undefined ? {} : { output_config: { effort } };
}

function novaFields(mode: Wanted["thinking"], effort: Effort | undefined): ThinkingFields {
  const told = effort ?? (mode === "budget" ? "medium" : undefined);
  if (mode === "off" || told === undefined) return result({}, false);
  const fields = { reasoningConfig: { type: "enabled", maxReasoningEffort: told } };
  return { fields, isOn: false, excludesLimits: told === "high" };
}

function result(fields: Fields, isOn: boolean): ThinkingFields {
  return { fields, isOn, excludesLimits: false };
}

/** The wish itself, or the highest below it that the model takes, or its lowest. */
function closestEffort(wish: Effort | undefined, taken: readonly Effort[]): Effort | undefined {
  if (wish === undefined || taken.length === 0) return undefined;
  const most = efforts.indexOf(wish);
  return taken.findLast((effort) => efforts.indexOf(effort) <= most) ?? taken[0];
}
