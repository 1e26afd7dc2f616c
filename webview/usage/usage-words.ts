import { dollarText } from "../../src/protocol/cost.ts";
import { displayLanguage } from "../../src/protocol/localize.ts";
import { promptTokens, type TokenUsage } from "../../src/protocol/token-usage.ts";
import type { UsageRow, UsageSum } from "../../src/protocol/usage-report.ts";
import { costWords } from "../cost-words.ts";
import { modelName } from "../model-name.ts";
import { formatNumber, formatShare, plural, t } from "../strings.ts";

/** For example `Sat, 21 Nov`, of a day as `2026-11-21`. */
export function dayName(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return format({ weekday: "short", day: "numeric", month: "short" }, new Date(year, month - 1, date, 12));
}

/** For example `21 Nov, 14:05`, of a moment in milliseconds since the epoch. */
export function timeName(at: number): string {
  return format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }, new Date(at));
}

/** The share of all prompt tokens that came from the cache. */
export function cachedShare(usage: TokenUsage): string {
  const all = promptTokens(usage);
  return all === 0 ? "–" : formatShare(usage.cacheReadInputTokens / all);
}

/** What the cache saved, or cost where it was not worth it, with what to call that. */
export function savedWords({ usage, saved }: UsageSum): readonly [name: string, value: string] {
  if (usage.cacheReadInputTokens + usage.cacheWriteInputTokens === 0) return [t("Saved by caching"), "–"];
  return saved < 0 ? [t("Lost by caching"), dollarText(-saved)] : [t("Saved by caching"), dollarText(saved)];
}

/** A model's short name; its id where another row would be called the same. */
export function modelRowName({ key }: UsageRow, rows: readonly UsageRow[]): string {
  const nameOf = (modelId: string): string => modelName({ kind: "bedrock", modelId });
  const name = nameOf(key);
  return rows.some((row) => row.key !== key && nameOf(row.key) === name) ? key : name;
}

/** A sum in a sentence: `$0.12, 3 calls, 1,500 in, 20 out`. */
export function sumWords({ cost, calls, usage }: UsageSum): string {
  if (calls === 0) return t("no calls");
  const tokens = t("{0} in, {1} out", formatNumber(promptTokens(usage)), formatNumber(usage.outputTokens));
  return t("{0}, {1}, {2}", costWords(cost), plural(calls, "{0} call", "{0} calls"), tokens);
}

function format(options: Intl.DateTimeFormatOptions, date: Date): string {
  return new Intl.DateTimeFormat(displayLanguage(), options).format(date);
}
