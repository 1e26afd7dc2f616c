import type { AnswererFacts, SavedOf } from "../agent/answerer-facts.ts";
import type { BedrockSettings } from "../bedrock/bedrock-settings.ts";
import type { BedrockModel } from "../bedrock/converse-stream.ts";
import { answererFacts, billedModel } from "../bedrock/request/answerer-facts.ts";
import { type PriceOf, savedOf } from "../policy/budgets/price-of.ts";

/** What is asked of this model, and by whose price it is paid. */
export function factsOf(
  settings: BedrockSettings,
  { capabilities }: Pick<BedrockModel, "capabilities">,
  priceOf: PriceOf,
): { readonly facts: AnswererFacts; readonly billed: string } {
  const billed = billedModel(settings, priceOf);
  const price = priceOf(billed);
  const saved: SavedOf | undefined = price.source === "unknown" ? undefined : (usage) => savedOf(usage, price);
  return { facts: answererFacts(settings, capabilities, saved), billed };
}
