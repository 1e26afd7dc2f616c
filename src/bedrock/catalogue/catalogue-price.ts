import { t } from "../../protocol/localize.ts";
import { type CataloguePrice, catalogueEntry, priceFromCatalogue, type Rates } from "./catalogue.ts";

/** The catalogue's rates, those of the cache too, as the policy prices calls by them. */
export interface ListedPrice extends Required<Omit<Rates, "cacheWrite1h">> {
  readonly cacheWriteHour: number;
  readonly tiers?: readonly (Omit<ListedPrice, "tiers" | "source" | "label"> & { readonly inputTokensAbove: number })[];
  readonly source: "catalogue";
  /** As it is shown: of what day the rates are. */
  readonly label: string;
}

/** A model's price by the bundled catalogue, dearer for long prompts where it says so. */
export function findCataloguePrice(modelId: string): ListedPrice | undefined {
  const price = priceFromCatalogue(modelId);
  const entry = catalogueEntry(modelId);
  if (price === undefined || entry === undefined) return undefined;
  const { tiers } = price;
  return {
    ...wholeRates(price),
    ...(tiers !== undefined && { tiers: tiers.map(wholeTier) }),
    source: "catalogue",
    label: t("catalogue of {0}", entry.date),
  };
}

function wholeTier({ inputTokensAbove, ...rates }: NonNullable<CataloguePrice["tiers"]>[number]) {
  return { inputTokensAbove, ...wholeRates(rates) };
}

/** What is not said of the cache costs as input does. */
function wholeRates({ input, output, cacheRead = input, cacheWrite = input, cacheWrite1h = cacheWrite }: Rates) {
  return { input, output, cacheRead, cacheWrite, cacheWriteHour: cacheWrite1h };
}
