import type { BenchRow } from "../bench-row.ts";
import type { FindSample } from "./find-files-sample.ts";

/** Milliseconds for the first results of a mention, whether the files are known yet or not. */
const budget = 100;

/** @param isJudged VS Code brings a ripgrep along; what is searched without one has no budget */
export function findRows(scene: string, samples: readonly FindSample[], isJudged: boolean): readonly BenchRow[] {
  const row = (name: string, of: "first" | "later", baseline: string, base: "names" | "plain"): BenchRow => ({
    name: `${scene}: ${name}`,
    unit: "ms",
    samples: samples.map((sample) => sample[of]),
    ...(isJudged && { budget }),
    baseline: { name: baseline, samples: samples.map((sample) => sample[base]) },
  });
  return [
    row("the first query", "first", "names read", "names"),
    row("the slowest later query", "later", "plain text", "plain"),
  ];
}
