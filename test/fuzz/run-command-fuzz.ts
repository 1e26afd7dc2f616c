import { parseArgs } from "node:util";
import { fuzzCommands } from "./command-fuzz.ts";

const usage = `Usage: node test/fuzz/run-command-fuzz.ts [-- options]

Generates command lines and runs those that the policy allows, in a folder of traps that must not change (case E02).

  --lines N    lines to generate (default 300000)
  --seed N     repeats a run (default: from the clock)`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { lines: { type: "string" }, seed: { type: "string" }, help: { type: "boolean" } },
    allowPositionals: true,
  });
  if (values.help === true) {
    say(usage);
    return 0;
  }
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  say(`seed ${seed}`);
  const lines = Number(values.lines ?? "300000");
  const { changed, misread, unfinished, ...counts } = await fuzzCommands({ seed, lines, batch: 400, onProgress: say });
  for (const line of changed) say(`changed the folder: ${JSON.stringify(line)}`);
  for (const line of misread) say(`bash reads other words: ${JSON.stringify(line)}`);
  for (const line of unfinished) say(`not over in time: ${JSON.stringify(line)}`);
  const { generated, allowed, distinct, executed, compared } = counts;
  say(
    `generated ${generated}, allowed ${allowed}, distinct allowed ${distinct}, executed ${executed}, changed ${changed.length}`,
  );
  say(`words compared with bash's ${compared}, different ${misread.length}, not over in time ${unfinished.length}`);
  return changed.length + misread.length + unfinished.length === 0 ? 0 : 1;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exitCode = await main();
