import { parseArgs } from "node:util";
import { fuzzTargets } from "./fuzz-targets.ts";

process.env["AWS_EC2_METADATA_DISABLED"] = "true";

/** In the decoder and the accumulator together, by default. */
const fewestOfStreams = 200_000;

const usage = `Usage: npm run fuzz [-- options]

Feeds arbitrary and damaged frames, JSON and UTF-8 to the decoder, the assembler, the history and the journal.

  --inputs N    inputs in all (default 240000)
  --seed N      repeats a run (default: from the clock)
  --only TEXT   only the targets whose name contains it, each with all the inputs`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      inputs: { type: "string" },
      seed: { type: "string" },
      only: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) {
    say(usage);
    return 0;
  }
  const { inputs: wanted = "240000", only } = values;
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  say(`seed ${seed}`);
  const count = { inputs: 0, ofStreams: 0, passed: 0, failed: 0 };
  for (const target of fuzzTargets.filter(({ name }) => name.includes(only ?? ""))) {
    const inputs = Math.ceil(Number(wanted) * (only === undefined ? target.share : 1));
    const started = performance.now();
    const problem = await target.run({ seed, inputs }).then(() => undefined, String);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`${problem === undefined ? "ok  " : "FAIL"} ${target.name}: ${inputs} inputs, ${seconds} s`);
    if (problem !== undefined) say(problem);
    count.inputs += inputs;
    if (target.readsStreams === true) count.ofStreams += inputs;
    count[problem === undefined ? "passed" : "failed"]++;
  }
  say(`\n${count.ofStreams} inputs into the decoder and the accumulator (at least ${fewestOfStreams} in a whole run)`);
  say(`seed ${seed}, ${count.inputs} inputs: ${count.passed} passed, ${count.failed} failed`);
  const isWhole = only === undefined && values.inputs === undefined;
  if (isWhole && count.ofStreams < fewestOfStreams) return 1;
  return count.failed > 0 || count.passed === 0 ? 1 : 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exitCode = await main();
