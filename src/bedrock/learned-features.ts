import * as z from "zod";
import { features } from "../agent/capabilities.ts";
import type { Lesson } from "../agent/model.ts";
import type { Learned } from "./capabilities.ts";

/** Where lessons outlive a session, as VS Code's `globalState` can. Values are JSON. */
export interface LearnedFeatures {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** The default: forgotten with the process. */
export class LearnedInMemory implements LearnedFeatures {
  readonly #values = new Map<string, unknown>();

  get(key: string): unknown {
    return this.#values.get(key);
  }

  set(key: string, value: unknown): void {
    this.#values.set(key, value);
  }
}

/** Models change: after this time a lesson is forgotten and what was refused is tried again. */
const keptMs = 7 * 24 * 60 * 60 * 1_000;

/** Milliseconds since the epoch at which each lesson ends. */
const storedSchema = z.object({
  unsupported: z.partialRecord(z.enum(features), z.number()).default({}),
  contextTokens: z.object({ value: z.int().positive(), until: z.number() }).optional(),
  outputTokens: z.object({ value: z.int().positive(), until: z.number() }).optional(),
});
type Stored = z.output<typeof storedSchema>;

/** What the models have refused so far, per model id. */
export class ModelLessons {
  readonly #store: LearnedFeatures;
  readonly #now: () => number;

  constructor(store: LearnedFeatures = new LearnedInMemory(), now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
  }

  of(modelId: string): Learned {
    const { unsupported, contextTokens, outputTokens } = this.#read(modelId);
    return {
      unsupported: features.filter((feature) => (unsupported[feature] ?? 0) > this.#now()),
      contextTokens: this.#valid(contextTokens),
      outputTokens: this.#valid(outputTokens),
    };
  }

  /** Remembers what a failure taught. Answers whether it is news, so that another request may fare better. */
  learn(modelId: string, { feature, contextTokens, outputTokens }: Lesson): boolean {
    if (feature === undefined && contextTokens === undefined && outputTokens === undefined) return false;
    const known = this.of(modelId);
    const stored = this.#read(modelId);
    const until = this.#now() + keptMs;
    const isNews =
      (feature !== undefined && feature !== "maxTokens" && !known.unsupported.includes(feature)) ||
      (outputTokens !== undefined && outputTokens !== known.outputTokens);
    this.#store.set(keyOf(modelId), {
      ...stored,
      unsupported: { ...stored.unsupported, ...(feature !== undefined && { [feature]: until }) },
      ...(contextTokens !== undefined && { contextTokens: { value: contextTokens, until } }),
      ...(outputTokens !== undefined && { outputTokens: { value: outputTokens, until } }),
    } satisfies Stored);
    return isNews;
  }

  #read(modelId: string): Stored {
    const parsed = storedSchema.safeParse(this.#store.get(keyOf(modelId)));
    return parsed.success ? parsed.data : { unsupported: {} };
  }

  #valid(lesson: { readonly value: number; readonly until: number } | undefined): number | undefined {
    return lesson !== undefined && lesson.until > this.#now() ? lesson.value : undefined;
  }
}

function keyOf(modelId: string): string {
  return `outcrop.learned:${modelId}`;
}
