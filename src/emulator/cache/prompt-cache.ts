import type { Usage } from "../script-schema.ts";
import type { CacheFamily } from "../validation/parameter-family.ts";
import type { ConverseRequest } from "../validation/request-shape.ts";
import { type MarkedPrompt, markedPrompt } from "./prompt-blocks.ts";

const lifetimes = { "5m": 5 * 60_000, "1h": 60 * 60_000 } as const;

interface Entry {
  readonly lifetimeMs: number;
  endsAt: number;
}

/** The part of a usage that speaks of the cache, and what is left of the input. */
export type CacheUsage = Pick<Usage, "cacheReadInputTokens" | "cacheWriteInputTokens" | "cacheDetails">;

/**
 * Bedrock's prompt cache: by model, whatever stands before a cache point, byte for byte. A point behind fewer tokens
 * than the model's minimum is ignored. What is read lives on for its lifetime. Claude finds what an earlier request has
 * written up to 20 blocks before a point, other models only what ends at one.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export class PromptCache {
  readonly #now: () => number;
  readonly #models = new Map<string, Map<string, Entry>>();

  /** `now`: milliseconds since the epoch. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** What one request reads and writes; undefined where no cache point counts. */
  bill(modelId: string, request: ConverseRequest, family: CacheFamily): CacheUsage | undefined {
    const prompt = markedPrompt(request);
    const points = prompt.points.filter(({ block }) => this.#tokensAt(prompt, block) >= family.minimumTokens);
    const last = points.at(-1);
    if (last === undefined)
      return prompt.points.length > 0 ? { cacheReadInputTokens: 0, cacheWriteInputTokens: 0 } : undefined;
    const entries = this.#entriesOf(modelId);
    const found = this.#longestHit(prompt, points, family, entries);
    const read = found === undefined ? 0 : this.#tokensAt(prompt, found);
    const details: { ttl: "5m" | "1h"; inputTokens: number }[] = [];
    let written = read;
    for (const { block, ttl } of points) {
      const hash = prompt.prefixes[block]?.hash ?? "";
      entries.set(hash, { lifetimeMs: lifetimes[ttl], endsAt: this.#now() + lifetimes[ttl] });
      const more = this.#tokensAt(prompt, block) - written;
      if (more <= 0) continue;
      written += more;
      const same = details.find((detail) => detail.ttl === ttl);
      if (same === undefined) details.push({ ttl, inputTokens: more });
      else same.inputTokens += more;
    }
    return {
      cacheReadInputTokens: read,
      cacheWriteInputTokens: written - read,
      ...(details.length > 0 && { cacheDetails: details }),
    };
  }

  #entriesOf(modelId: string): Map<string, Entry> {
    const entries = this.#models.get(modelId) ?? new Map<string, Entry>();
    this.#models.set(modelId, entries);
    for (const [hash, { endsAt }] of entries) if (endsAt <= this.#now()) entries.delete(hash);
    return entries;
  }

  /** The block behind which the longest prefix ends that is kept; it lives on. */
  #longestHit(
    { prefixes }: MarkedPrompt,
    points: MarkedPrompt["points"],
    { looksBack }: CacheFamily,
    entries: ReadonlyMap<string, Entry>,
  ): number | undefined {
    for (const { block } of points.toReversed()) {
      for (let at = block; at >= Math.max(0, block - looksBack); at--) {
        const entry = entries.get(prefixes[at]?.hash ?? "");
        if (entry === undefined) continue;
        entry.endsAt = this.#now() + entry.lifetimeMs;
        return at;
      }
    }
    return undefined;
  }

  #tokensAt({ prefixes }: MarkedPrompt, block: number): number {
    return prefixes[block]?.tokens ?? 0;
  }
}
