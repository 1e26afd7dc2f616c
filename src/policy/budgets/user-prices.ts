import * as z from "zod";
import { t } from "../../protocol/localize.ts";
import type { FindPrice } from "./price-of.ts";

const rate = z.number().nonnegative();
const rates = z.strictObject({
  input: rate,
  output: rate,
  cacheRead: rate.optional(),
  cacheWrite: rate.optional(),
  cacheWriteHour: rate.optional(),
});

/**
 * The user's own prices: rates by model id, or by a pattern in which `*` stands for anything. An id goes before a
 * pattern, and a longer pattern before a shorter one. Rates of the cache that are left out are those of the input, which
 * is never too little by much. An entry that is no price counts as none.
 */
export function userPrices(setting: unknown): FindPrice {
  const entries = Object.entries(z.record(z.string(), z.unknown()).safeParse(setting).data ?? {}).flatMap(
    ([pattern, value]) => {
      const parsed = rates.safeParse(value).data;
      if (parsed === undefined) return [];
      const { input, output, cacheRead = input, cacheWrite = input, cacheWriteHour = cacheWrite } = parsed;
      const price = {
        input,
        output,
        cacheRead,
        cacheWrite,
        cacheWriteHour,
        source: "user",
        label: t("your prices"),
      } as const;
      return [{ pattern, price, looks: patternOf(pattern) }];
    },
  );
  const byLength = entries.toSorted((left, right) => right.pattern.length - left.pattern.length);
  return (modelId) =>
    (byLength.find(({ pattern }) => pattern === modelId) ?? byLength.find(({ looks }) => looks.test(modelId)))?.price;
}

function patternOf(pattern: string): RegExp {
  const parts = pattern.split(/\*+/u).map((part) => part.replace(/[\\^$.+?()[\]{}|/]/gu, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "iu");
}
