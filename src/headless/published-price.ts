import { findCataloguePrice } from "../bedrock/catalogue/catalogue-price.ts";
import { type PriceOf, priceOf } from "../policy/budgets/price-of.ts";

/** What is publicly known of a model's price, by the same sources as in the editor; there are no settings to hold one's own. */
export const publishedPrice: PriceOf = (modelId) => priceOf(modelId, [findCataloguePrice]);
