import { catalogueEntry, priceFromCatalogue } from "./bedrock/catalogue/catalogue.ts";
import type { FindPrice } from "./policy/budgets/price-of.ts";

/** The bundled catalogue's price, of the tier of short prompts. What it does not say of the cache costs as input does. */
export const findCataloguePrice: FindPrice = (modelId) => {
  const price = priceFromCatalogue(modelId);
  const entry = catalogueEntry(modelId);
  if (price === undefined || entry === undefined) return undefined;
  const { input, output, cacheRead = input, cacheWrite = input, cacheWrite1h: cacheWriteHour = cacheWrite } = price;
  const rates = { input, output, cacheRead, cacheWrite, cacheWriteHour };
  return { ...rates, source: "catalogue", label: `catalogue of ${entry.date}` };
};
