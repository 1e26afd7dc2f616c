/** @import { SourceModel, SourceRates } from "./read-sources.mjs" */

/** Geographies and the global one, as the ids of inference profiles begin. */
const geography = /^(us-gov|global|apac|[a-z]{2})\./u;

/** Anthropic and AWS bill what is kept for an hour at twice the input's rate, where a model offers it. */
const keepsForAnHour = /claude-(?:(?:opus|sonnet|haiku)-4-[5-9]|(?:opus|sonnet|haiku|fable)-[5-9])/u;

/** Where a source is known to be wrong: AWS's table of models has more output for it. @type {Readonly<Record<string, number>>} */
const outputTokens = { "anthropic.claude-3-7-sonnet-20250219-v1:0": 64_000 };

/** @type {Readonly<Record<string, string>>} */
const providers = {
  ai21: "AI21 Labs",
  amazon: "Amazon",
  anthropic: "Anthropic",
  cohere: "Cohere",
  deepseek: "DeepSeek",
  google: "Google",
  meta: "Meta",
  minimax: "MiniMax",
  mistral: "Mistral AI",
  moonshot: "Moonshot AI",
  moonshotai: "Moonshot AI",
  nvidia: "NVIDIA",
  openai: "OpenAI",
  qwen: "Qwen",
  writer: "Writer",
  xai: "xAI",
  zai: "Z.AI",
};

/**
 * One entry a foundation model, with a price for each geography whose profile the source lists. What a source gives as 0 is
 * not known.
 * @param {readonly { readonly date: string, readonly models: readonly SourceModel[] }[]} sources the first has precedence
 */
export function buildCatalogue(sources) {
  /** @type {Map<string, { date: string, models: SourceModel[] }>} */
  const byId = new Map();
  for (const { date, models } of sources) {
    const known = new Set(byId.keys());
    for (const model of models) {
      const id = model.id.replace(geography, "");
      if (known.has(id)) continue;
      const entry = byId.get(id) ?? { date, models: [] };
      entry.models.push(model);
      byId.set(id, entry);
    }
  }
  const entries = [...byId].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([id, { date, models }]) => [id, toEntry(id, date, models)]));
}

/** @param {string} id @param {string} date @param {readonly SourceModel[]} models */
function toEntry(id, date, models) {
  const model = models.find((candidate) => candidate.id === id) ?? models[0];
  if (model === undefined) throw new Error(`${id} has no model`);
  const prices = models.flatMap((each) => {
    const price = toRates(id, each.rates);
    if (price === undefined) return [];
    const tiers = each.tiers.flatMap(({ inputTokensAbove, ...rates }) => {
      const above = toRates(id, rates);
      return above === undefined ? [] : [{ inputTokensAbove, ...above }];
    });
    const place = geography.exec(each.id)?.[1] ?? "region";
    return [[place, { ...price, ...(tiers.length > 0 && { tiers }) }]];
  });
  return {
    name: model.name.replace(/ \([^()]+\)$/u, ""),
    provider: providers[id.split(".")[0] ?? ""] ?? id.split(".")[0],
    date,
    ...(model.contextTokens > 0 && { contextTokens: model.contextTokens }),
    ...outputOf(id, model),
    input: model.input,
    tools: model.tools,
    reasoning: model.reasoning,
    prices: Object.fromEntries(prices),
  };
}

/** @param {string} id @param {SourceRates} rates */
function toRates(id, { input, output, cacheRead, cacheWrite }) {
  if (!(input > 0) || !(output > 0)) return undefined;
  return {
    input,
    output,
    ...(cacheRead !== undefined && cacheRead > 0 && { cacheRead }),
    ...(cacheWrite !== undefined && cacheWrite > 0 && { cacheWrite }),
    ...(cacheWrite !== undefined &&
      cacheWrite > 0 &&
      keepsForAnHour.test(id) && { cacheWrite1h: roundRate(input * 2) }),
  };
}

/** @param {number} rate */
function roundRate(rate) {
  return Number(rate.toFixed(6));
}

/** As large as the whole window it is no limit of its own. @param {string} id @param {SourceModel} model */
function outputOf(id, model) {
  const known = outputTokens[id] ?? model.outputTokens;
  return known > 0 && known < model.contextTokens ? { outputTokens: known } : {};
}
