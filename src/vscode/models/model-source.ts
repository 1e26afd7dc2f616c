import * as z from "zod";

const groups = ["yours", "geographic", "global", "on-demand", "bought", "router", "catalogue"] as const;

/** US dollars per 1,000,000 tokens. What is left out is not known. */
const priceSchema = z.object({
  input: z.number().positive(),
  output: z.number().positive(),
  cacheRead: z.number().positive().optional(),
  /** Kept for five minutes. */
  cacheWrite: z.number().positive().optional(),
  /** The day of these figures, as `2026-11-20`. */
  date: z.string().optional(),
});

/** A model as the picker shows it; also kept, so that the picker has something to show at once. */
export const pickableModelSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  group: z.enum(groups),
  /** The foundation model behind it, where it is known. */
  baseModelId: z.string().optional(),
  contextTokens: z.number().positive().optional(),
  price: priceSchema.optional(),
  features: z.array(z.enum(["caching", "thinking", "images", "tools"])).readonly(),
  /** Where requests may be answered, in words. */
  destinations: z.string(),
  /** Why the residency lock keeps it from being asked, as the end of a sentence. */
  blocked: z.string().optional(),
});
export type PickableModel = Readonly<z.output<typeof pickableModelSchema>>;
export type PickableGroup = PickableModel["group"];

/** A list of AWS that could not be had. */
export interface MissingList {
  /** The IAM action that it needs. */
  readonly action: string;
  readonly isDenied: boolean;
  readonly message: string;
}

export interface ListedModels {
  readonly models: readonly PickableModel[];
  readonly missing: readonly MissingList[];
}

export type ModelAccess = "available" | "no-agreement" | "not-authorized" | "not-in-region" | "unknown";

/** What the picker needs of Bedrock. */
export interface ModelSource {
  /** False behind a gateway: it has no control plane, and what AWS lists is not what it offers. */
  readonly isListed: boolean;
  /** Names the account and place that a list belongs to. */
  readonly place: string;
  /** The day of the prices, as `2026-11-20`; a model whose price is of another says so. */
  readonly pricesDate: string;
  /** Rejects where nothing could be asked at all. */
  list(signal: AbortSignal): Promise<ListedModels>;
  /** What is bundled, with its day as `2026-11-20`. */
  catalogue(): Promise<{ readonly date: string; readonly models: readonly PickableModel[] }>;
  /** Of ids that nobody listed. */
  describe(ids: readonly string[]): Promise<readonly PickableModel[]>;
  /** Whether the account may invoke a model. Never rejects. */
  access(model: PickableModel, signal: AbortSignal): Promise<ModelAccess>;
}
