import * as z from "zod";
import type { ModelFamily } from "./model-family.ts";
import type { ConverseRequest } from "./request-shape.ts";
import { type Violation, violation } from "./violation.ts";

const place = "additionalModelRequestFields";
const claudeKeys: ReadonlySet<string> = new Set(["thinking", "output_config", "anthropic_beta", "top_k"]);
const betas: ReadonlySet<string> = new Set(["interleaved-thinking-2025-05-14", "context-1m-2025-08-07"]);
const leastTopP = 0.95;

const claudeSchema = z.looseObject({
  thinking: z.looseObject({ type: z.unknown(), budget_tokens: z.unknown() }).partial().optional(),
  output_config: z.looseObject({ effort: z.unknown() }).partial().optional(),
  anthropic_beta: z.unknown().optional(),
});
type ClaudeFields = z.output<typeof claudeSchema>;

/** Claude's own fields: how it thinks, its effort, its betas. */
export function claudeThinkingRules(request: ConverseRequest, family: ModelFamily): readonly Violation[] {
  const parsed = claudeSchema.safeParse(request.additionalModelRequestFields ?? {});
  if (!parsed.success) return [refused("thinking", "thinking: Input should be a valid dictionary")];
  const fields = parsed.data;
  const extra = Object.keys(fields).filter((key) => !claudeKeys.has(key));
  return [
    ...extra.map((key) => refused("extra-field", `${key}: Extra inputs are not permitted`)),
    ...kindRules(fields, family),
    ...effortRules(fields, request, family),
    ...betaRules(fields),
    ...(thinks(fields, family) ? besideThinking(request, fields, family) : []),
  ];
}

function thinks({ thinking }: ClaudeFields, { parameters }: ModelFamily): boolean {
  const kind = thinking?.type ?? (parameters.thinksByDefault ? "adaptive" : "disabled");
  return kind === "enabled" || kind === "adaptive";
}

function kindRules({ thinking }: ClaudeFields, { parameters }: ModelFamily): readonly Violation[] {
  if (thinking === undefined) return [];
  const { type, budget_tokens: budget, ...others } = thinking;
  if (parameters.thinking.length === 0)
    return [refused("thinking-unsupported", "thinking: Extra inputs are not permitted")];
  const kind = parameters.thinking.find((known) => known === type);
  if (type === "enabled" && kind === undefined) {
    const text =
      '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.';
    return [refused("thinking-kind", `The model returned the following errors: ${text}`)];
  }
  if (kind === undefined) {
    const known = parameters.thinking.map((name) => `'${name}'`).join(", ");
    const text = `thinking: Input tag '${String(type)}' found using 'type' does not match any of the expected tags: ${known}`;
    return [refused("thinking-kind", text)];
  }
  const extra = [...Object.keys(others), ...(kind !== "enabled" && budget !== undefined ? ["budget_tokens"] : [])];
  return extra.map((key) => refused("thinking-extra", `thinking.${kind}.${key}: Extra inputs are not permitted`));
}

function effortRules(
  fields: ClaudeFields,
  request: ConverseRequest,
  { parameters }: ModelFamily,
): readonly Violation[] {
  const effort = fields.output_config?.effort ?? request.outputConfig?.effort;
  if (effort === undefined) return [];
  const { efforts } = parameters;
  if (efforts.length === 0) return [refused("effort-unsupported", "output_config: Extra inputs are not permitted")];
  if (!efforts.some((known) => known === effort)) {
    const known = `${efforts
      .slice(0, -1)
      .map((name) => `'${name}'`)
      .join(", ")} or '${efforts.at(-1)}'`;
    return [refused("effort", `output_config.effort: Input should be ${known}`)];
  }
  const isHigh = effort === "xhigh" || effort === "max";
  const text = `output_config.effort: '${String(effort)}' is not supported when thinking is disabled`;
  return isHigh && parameters.thinksByDefault && fields.thinking?.type === "disabled" ? [refused("effort", text)] : [];
}

function betaRules({ anthropic_beta: named }: ClaudeFields): readonly Violation[] {
  if (named === undefined) return [];
  const all = z.array(z.string()).safeParse(named);
  return all.success && all.data.every((name) => betas.has(name)) ? [] : [refused("beta", "invalid beta flag")];
}

/** What may not stand beside thinking. */
function besideThinking(request: ConverseRequest, { thinking }: ClaudeFields, { parameters }: ModelFamily) {
  const { maxTokens, temperature, topP } = request.inferenceConfig ?? {};
  const choice = request.toolConfig?.toolChoice;
  const forced = choice?.any !== undefined || choice?.tool !== undefined;
  const found: Violation[] = thinking?.type === "enabled" ? [...budgetRules(thinking.budget_tokens, maxTokens)] : [];
  if (temperature !== undefined && temperature !== 1 && parameters.samples !== "none") {
    const text = "`temperature` may only be set to 1 when thinking is enabled.";
    found.push(violation("thinking-temperature", "inferenceConfig.temperature", text));
  }
  if (topP !== undefined && topP < leastTopP && parameters.samples !== "none") {
    const text = "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.";
    found.push(violation("thinking-top-p", "inferenceConfig.topP", text));
  }
  if (forced && !parameters.forcesToolsThinking) {
    const text = "Thinking may not be enabled when tool_choice forces tool use.";
    found.push(violation("thinking-tool-choice", "toolConfig.toolChoice", text));
  }
  return found;
}

function budgetRules(budget: unknown, maxTokens: number | undefined): readonly Violation[] {
  if (typeof budget !== "number" || !Number.isInteger(budget) || budget < 1_024) {
    const text = "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024";
    return [violation("thinking-budget", `${place}.thinking`, text)];
  }
  return maxTokens !== undefined && maxTokens <= budget
    ? [
        violation(
          "thinking-budget",
          "inferenceConfig.maxTokens",
          "`max_tokens` must be greater than `thinking.budget_tokens`.",
        ),
      ]
    : [];
}

function refused(rule: string, message: string): Violation {
  return violation(rule, place, message);
}
