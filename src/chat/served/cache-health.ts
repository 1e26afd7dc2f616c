import type { AnswererFacts } from "../../agent/answerer-facts.ts";
import { t } from "../../protocol/localize.ts";
import type { TokenUsage } from "../../protocol/token-usage.ts";
import type { PromptSegment } from "./prompt-segments.ts";

/** One request whose answer told what it read. */
export interface CachedRequest {
  readonly facts: AnswererFacts;
  readonly segments: readonly PromptSegment[];
  /** The compaction that the messages are in; undefined where they are as they were. */
  readonly compaction: number | undefined;
  /** Every message is marked, so that all of a prompt can be read again by the next. */
  readonly marksMessages: boolean;
  readonly usage: TokenUsage;
  /** When it was sent, in milliseconds since the epoch. */
  readonly at: number;
}

export interface CacheVerdict {
  /** Why less was read than the request before had left in the cache; undefined where all is well. */
  readonly broke: string | undefined;
  /** The second miss in a row on a long prefix, for the first time. */
  readonly warns: boolean;
}

export const ttlMs = { "5m": 5 * 60_000, "1h": 60 * 60_000 } as const;

/** Tokens from which on a prompt is worth a warning, and above the least that any model caches. */
const longPrefix = 8_192;
/** Of what could have been read, the share below which it counts as missed. */
const leastRead = 0.5;

/** Holds each request of a session against the one before, and says which part of the prompt broke the cache. */
export class CacheHealth {
  #last: CachedRequest | undefined;
  #misses = 0;
  #hasWarned = false;

  judge(request: CachedRequest): CacheVerdict {
    const last = this.#last;
    this.#last = request;
    const readable = last === undefined ? 0 : readableOf(last);
    if (last === undefined || readable === 0 || request.usage.cacheReadInputTokens >= readable * leastRead) {
      this.#misses = 0;
      return { broke: undefined, warns: false };
    }
    this.#misses = readable >= longPrefix ? this.#misses + 1 : 0;
    const warns = this.#misses >= 2 && !this.#hasWarned;
    this.#hasWarned ||= warns;
    return { broke: whyBroken(last, request), warns };
  }
}

/** Counted here, so that what is loaded with the first turn shares no file with what is loaded before. */
export function promptOf({ inputTokens, cacheReadInputTokens, cacheWriteInputTokens }: TokenUsage): number {
  return inputTokens + cacheReadInputTokens + cacheWriteInputTokens;
}

/** What a request has left to be read. One that wrote nothing, although all of it was marked, should have. */
function readableOf({ usage, marksMessages, facts }: CachedRequest): number {
  if (facts.cacheTtl === undefined) return 0;
  const cached = usage.cacheReadInputTokens + usage.cacheWriteInputTokens;
  const isLong = promptOf(usage) >= longPrefix;
  return cached === 0 && marksMessages && isLong ? promptOf(usage) : cached;
}

function whyBroken(last: CachedRequest, request: CachedRequest): string {
  const { facts } = request;
  if (last.facts.modelId !== facts.modelId) return t("the model changed");
  if (facts.cacheTtl === undefined) return t("prompt caching was switched off");
  if (last.facts.cacheTtl !== undefined && request.at - last.at > ttlMs[last.facts.cacheTtl]) {
    return last.facts.cacheTtl === "5m" ? t("more than 5 minutes passed") : t("more than an hour passed");
  }
  const at = last.segments.findIndex(({ hash }, index) => request.segments[index]?.hash !== hash);
  const changed = last.segments[at];
  if (changed?.kind === "tools") return t("the tools changed");
  if (changed?.kind === "system") return t("the system prompt changed");
  if (last.facts.thinking !== facts.thinking) return t("the settings for thinking changed");
  if (changed === undefined) return t("Bedrock did not find it, although nothing changed");
  const number = last.segments.slice(0, at + 1).filter(({ kind }) => kind === "message").length;
  return last.compaction === request.compaction
    ? t("message {0} changed", number)
    : t("message {0} was compacted", number);
}
