import { formatDollars, t } from "./localize.ts";

/** What model calls cost. A call whose price or usage is not known is in no sum of dollars, and is never taken for free. */
export interface Cost {
  /** US dollars of the calls whose cost is known. */
  readonly dollars: number;
  /** Calls whose cost is not known. */
  readonly unknown: number;
  /** Where the rates are from and of what day, as it is shown: `price table of 2026-11-21`. */
  readonly prices: string;
}

/** The sum; undefined where nothing was counted at all. */
export function addCost(left: Cost | undefined, right: Cost | undefined): Cost | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return { ...right, dollars: left.dollars + right.dollars, unknown: left.unknown + right.unknown };
}

/** The sum of a chat, with turns that were taken back; undefined where none of them costs. */
export function costOfChat({
  past,
  rewound,
  lost,
}: {
  readonly past: readonly { readonly cost?: Cost }[];
  readonly rewound?: { readonly turns: readonly { readonly cost?: Cost }[] };
  readonly lost?: Cost;
}): Cost | undefined {
  return addCost(lost, costOfTurns([...past, ...(rewound?.turns ?? [])]));
}

/** The sum of turns; undefined where none of them costs. */
export function costOfTurns(turns: readonly { readonly cost?: Cost }[]): Cost | undefined {
  return turns.reduce<Cost | undefined>((sum, { cost }) => addCost(sum, cost), undefined);
}

/** For example `$12.50`, `$0.42`, `$0.0051`: two digits that say something, however little it is. */
export function dollarText(dollars: number): string {
  if (dollars === 0) return formatDollars(0, 0);
  if (Math.abs(dollars) >= 0.1) return formatDollars(dollars);
  if (Math.abs(dollars) < 0.00001) return `<${formatDollars(0.00001, 5)}`;
  const digits = Math.min(5, 1 - Math.floor(Math.log10(Math.abs(dollars))));
  return formatDollars(dollars, digits, 0);
}

/** A cost in words: `$0.42`, `unknown`, `$0.42 + 2 calls of unknown cost`. */
export function costText({ dollars, unknown }: Pick<Cost, "dollars" | "unknown">): string {
  if (unknown === 0) return dollarText(dollars);
  if (dollars === 0) return t("unknown");
  return unknown === 1
    ? t("{0} + 1 call of unknown cost", dollarText(dollars))
    : t("{0} + {1} calls of unknown cost", dollarText(dollars), unknown);
}
