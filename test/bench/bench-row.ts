/** A measure: a value per round, and what a baseline gave in the same rounds. */
export interface BenchRow {
  readonly name: string;
  readonly unit: "ms" | "s" | "%" | "points" | "px" | "MB";
  readonly samples: readonly number[];
  /** The most that the median may be. */
  readonly budget?: number;
  readonly baseline?: Baseline;
}

export interface Baseline {
  readonly name: string;
  readonly samples: readonly number[];
  /** What it takes on the machine that the budgets are meant for. Where it takes more, so may what is measured, by as much. */
  readonly reference?: number;
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

/** `noisy`: the baseline is over the budget too, and what it should take is not known, so that this machine cannot show it right now. */
export type Verdict = "ok" | "OVER" | "noisy" | "";

export function verdictOn(row: BenchRow): Verdict {
  const { samples, budget, baseline } = row;
  if (budget === undefined) return "";
  if (median(samples) <= budget * slownessOf(row)) return "ok";
  const isKnown = baseline === undefined || baseline.reference !== undefined;
  return !isKnown && median(baseline.samples) > budget ? "noisy" : "OVER";
}

/** How much slower than the machine of the budgets this one is in these rounds, by the baseline; at least 1. */
function slownessOf({ baseline }: BenchRow): number {
  if (baseline?.reference === undefined) return 1;
  return Math.max(1, median(baseline.samples) / baseline.reference);
}

/** One line: the median, the spread, the budget, the baseline and the median of the ratios of the rounds. */
export function describeRow(row: BenchRow): string {
  const { name, unit, samples, budget, baseline } = row;
  const value = `${digits(median(samples))} ${unit}`;
  const spread = samples.length < 2 ? "" : `${digits(Math.min(...samples))}–${digits(Math.max(...samples))}`;
  const slowness = slownessOf(row);
  const allowed =
    slowness === 1 ? `${budget}` : `${digits((budget ?? 0) * slowness)} (${budget} × ${digits(slowness)})`;
  const judged = budget === undefined ? "" : `≤ ${allowed} ${verdictOn(row)}`;
  const compared = baseline === undefined ? "" : `${baseline.name} ${digits(median(baseline.samples))}${ratioOf(row)}`;
  return [name.padEnd(58), value.padStart(12), spread.padStart(16), judged.padEnd(25), compared].join("  ").trimEnd();
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
