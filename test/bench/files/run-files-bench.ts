import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeManyFiles } from "../../support/many-files.ts";
import { searchEngines } from "../../support/search-engines.ts";
import { type BenchRow, describeRow, verdictOn } from "../bench-row.ts";
import { findRows } from "./files-rows.ts";
import { type FindSample, findFilesSample } from "./find-files-sample.ts";

const files = 10_000;

/** Measures what it takes to find a file for a mention, with each engine there is. @returns whether all is within its budget, and something was found */
export async function runFilesBench(rounds: number, say: (line: string) => void): Promise<boolean> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "outcrop-bench-")));
  try {
    await writeManyFiles(root, files);
    const rows: BenchRow[] = [];
    let isFound = true;
    for (const { name, ripgrep } of await searchEngines()) {
      const samples: FindSample[] = [];
      for (let round = 0; round < rounds; round += 1) samples.push(await findFilesSample(root, ripgrep));
      isFound &&= samples.every(({ found }) => found > 0);
      const measured = findRows(`${files} files, ${name}`, samples, name === "ripgrep");
      for (const row of measured) say(describeRow(row));
      rows.push(...measured);
    }
    const over = rows.filter((row) => verdictOn(row) === "OVER");
    say(`\n${rows.length} measures, ${over.length} over budget${isFound ? "" : "; a query found NOTHING"}`);
    return isFound && over.length === 0;
  } finally {
    await rm(root, { recursive: true });
  }
}
