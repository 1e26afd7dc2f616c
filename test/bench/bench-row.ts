/** A measure: a value per round, and what a baseline gave in the same rounds. */
export interface BenchRow {
  readonly name: string;
  readonly unit: "ms" | "s" | "%" | "points" | "px" | "MB";
  readonly samples: readonly number[];
  /** The most that the median may be. */
  readonly budget?: number;
  readonly baseline?: { readonly name: string; readonly samples: readonly number[] };
}

/** @param share from 0 to 1 @returns 0 of an empty list */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** `noisy`: the baseline is over the budget too, so that this machine cannot show it right now. */
export type Verdict = "ok" | "OVER" | "noisy" | "";

export function verdictOn({ samples, budget, baseline }: BenchRow): Verdict {
  if (budget === undefined) return "";
  if (median(samples) <= budget) return "ok";
  return baseline !== undefined && median(baseline.samples) > budget ? "noisy" : "OVER";
}

/** One line: the median, the spread, the budget, the baseline and the median of the ratios of the rounds. */
export function describeRow(row: BenchRow): string {
  const { name, unit, samples, budget, baseline } = row;
  const value = `${digits(median(samples))} ${unit}`;
  const spread = samples.length < 2 ? "" : `${digits(Math.min(...samples))}–${digits(Math.max(...samples))}`;
  const judged = budget === undefined ? "" : `≤ ${budget} ${verdictOn(row)}`;
  const compared = baseline === undefined ? "" : `${baseline.name} ${digits(median(baseline.samples))}${ratioOf(row)}`;
  return [name.padEnd(58), value.padStart(12), spread.padStart(16), judged.padEnd(13), compared].join("  ").trimEnd();
}

function ratioOf({ samples, baseline }: BenchRow): string {
  const ratios = samples.flatMap((value, index) => {
    const base = baseline?.samples[index] ?? 0;
    return base > 0 ? [value / base] : [];
  });
  return ratios.length === 0 ? "" : `, × ${digits(median(ratios))}`;
}

function digits(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}
