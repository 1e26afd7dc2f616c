import { baseModelId } from "../capabilities.ts";
import { geographyOf } from "../models/model-kind.ts";
import file from "./catalogue.json" with { type: "json" };

/** US dollars per 1,000,000 tokens. What is left out is not known; nothing is ever 0. */
export interface Rates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number;
  /** Kept for five minutes. */
  readonly cacheWrite?: number;
  readonly cacheWrite1h?: number;
}

export interface CataloguePrice extends Rates {
  /** Dearer rates for the whole of a request whose prompt is longer. */
  readonly tiers?: readonly (Rates & { readonly inputTokensAbove: number })[];
}

/** What is publicly known of a foundation model. What is left out is not known. */
export interface CatalogueEntry {
  /** The foundation model's own id. */
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  /** The day of its figures, as `2026-11-20`. */
  readonly date: string;
  readonly contextTokens?: number;
  readonly outputTokens?: number;
  /** `text`, `image`, `video`, … */
  readonly input: readonly string[];
  readonly tools: boolean;
  readonly reasoning: boolean;
  /** By the geography of the inference profile (`us`, `eu`, `global`, …); `region`: invoked by its own id. */
  readonly prices: Readonly<Record<string, CataloguePrice>>;
}

/** The day of the newest figures, and where they come from: shown wherever they are. */
export const catalogueDate: string = file.date;

const models: Readonly<Record<string, Omit<CatalogueEntry, "id">>> = file.models;

const byStem = new Map<string, CatalogueEntry | undefined>();
for (const entry of catalogueEntries()) {
  const stem = stemOf(entry.id);
  byStem.set(stem, byStem.has(stem) ? undefined : entry);
}

export function catalogueEntries(): readonly CatalogueEntry[] {
  return Object.entries(models).map(([id, model]) => ({ id, ...model }));
}

/** Of a model id, an inference profile's id or an ARN that names the model; undefined where the catalogue has none. */
export function catalogueEntry(modelId: string): CatalogueEntry | undefined {
  const id = baseModelId(modelId);
  const exact = models[id];
  return exact === undefined ? byStem.get(stemOf(id)) : { id, ...exact };
}

/**
 * For this very id: a profile has the price of its geography, and where none is listed that of the region, as AWS bills
 * what it routes elsewhere. Undefined where it is not known.
 */
export function priceFromCatalogue(modelId: string): CataloguePrice | undefined {
  const prices = catalogueEntry(modelId)?.prices;
  return prices?.[geographyOf(modelId) ?? "region"] ?? prices?.["region"];
}

/** Without version and context variant: `claude-opus-4-6` for `claude-opus-4-6-v1`, and for `-v1:0:300k` too. */
function stemOf(id: string): string {
  return id.replace(/-v\d+(?::\d+)?(?::\d+k)?$/u, "");
}
