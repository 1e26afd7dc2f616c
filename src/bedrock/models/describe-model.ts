import { t } from "../../protocol/localize.ts";
import { baseModelId, capabilitiesOf } from "../capabilities.ts";
import { type CataloguePrice, catalogueEntry, priceFromCatalogue } from "../catalogue/catalogue.ts";
import type { Destinations } from "./destinations.ts";
import { geographyOf } from "./model-kind.ts";
import type { ListedModel, ModelGroup } from "./model-lists.ts";
import { residencyProblem } from "./residency.ts";

/** A model with what helps to choose it. What is left out is not known. */
export interface DescribedModel {
  readonly id: string;
  readonly name: string;
  readonly group: ModelGroup;
  readonly baseModelId: string | undefined;
  /** Tokens of prompt and answer together. */
  readonly contextTokens?: number | undefined;
  /** US dollars per 1,000,000 tokens. */
  readonly price?: DatedPrice | undefined;
  readonly features: readonly ModelFeature[];
  /** Where requests may be answered, in words. */
  readonly destinations: string;
  /** Why the residency lock keeps it from being asked, as the end of a sentence. */
  readonly blocked?: string | undefined;
}

interface DatedPrice extends Pick<CataloguePrice, "input" | "output" | "cacheRead" | "cacheWrite"> {
  /** The day of the price, as `2026-11-20`. */
  readonly date: string;
}

export type ModelFeature = "caching" | "thinking" | "images" | "tools";

export function describeModel(model: ListedModel, allowedRegions: readonly string[]): DescribedModel {
  const { id, name, group, destinations } = model;
  const behind = model.baseModelId ?? baseModelId(id);
  const entry = catalogueEntry(behind);
  const known = capabilitiesOf(behind, undefined, { published: entry });
  const features: readonly (ModelFeature | false)[] = [
    known.cachePoints.length > 0 && "caching",
    entry?.reasoning === true && "thinking",
    known.images !== "none" && known.family !== "other" && "images",
    known.tools && "tools",
  ];
  // Bought and imported models are paid by the hour, not by the token.
  const price = group === "bought" ? undefined : priceFromCatalogue(geographyOf(id) === undefined ? behind : id);
  return {
    id,
    name,
    group,
    baseModelId: model.baseModelId,
    contextTokens: known.maxima.contextTokens,
    price: price && entry && datedPrice(price, entry.date),
    features: features.filter((feature) => feature !== false),
    destinations: wordsOf(destinations),
    blocked: residencyProblem(destinations, allowedRegions),
  };
}

function datedPrice({ input, output, cacheRead, cacheWrite }: CataloguePrice, date: string): DatedPrice {
  return {
    ...{ input, output, date },
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
  };
}

function wordsOf(destinations: Destinations): string {
  switch (destinations.kind) {
    case "everywhere":
      return t("any commercial region");
    case "unknown":
      return t("region not known");
    case "regions":
      return shortList(destinations.regions);
  }
}

/** `us-east-1/2, us-west-2` for three regions in a row of a list. */
function shortList(regions: readonly string[]): string {
  const numbers = new Map<string, string[]>();
  for (const region of regions) {
    const at = region.lastIndexOf("-");
    numbers.set(region.slice(0, at), [...(numbers.get(region.slice(0, at)) ?? []), region.slice(at + 1)]);
  }
  return [...numbers].map(([place, ends]) => `${place}-${ends.join("/")}`).join(", ");
}
