import { parseArgs } from "node:util";
import { slopeOf } from "./resource-count.ts";
import { playSoak, type SoakReport } from "./soak.ts";

process.env["AWS_EC2_METADATA_DISABLED"] = "true";

/** Turns in which caches fill and V8 learns what comes where; heap snapshots of later turns differ in no object of ours. */
const warmUpTurns = 400;
/** Fewer samples than this say nothing of a slope. */
const fewestSamples = 10;
/** More bytes per turn than this are a leak: the messages of a turn alone have more. */
const mostBytesPerTurn = 500;

const usage = `Usage: npm run soak [-- options]

Plays turns with random faults through the real session, tools and client in one process and looks for leaks.

  --turns N   default 1000
  --seed N    repeats a run (default: from the clock)`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { turns: { type: "string" }, seed: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help === true) {
    say(usage);
    return 0;
  }
  const turns = Number(values.turns ?? 1_000);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  say(`seed ${seed}, ${turns} turns`);
  const report = await playSoak({
    turns,
    seed,
    onSample: ({ turn, heap, resources, descriptors }) => {
      if (turn % 40 === 0)
        say(
          `turn ${turn}: heap ${(heap / 2 ** 20).toFixed(2)} MiB, ${descriptors} descriptors, ${JSON.stringify(resources)}`,
        );
    },
  });
  return judge(report, turns);
}

function judge({ outcomes, samples, leaked, broken }: SoakReport, turns: number): number {
  const warm = samples.filter(({ turn }) => turn > warmUpTurns);
  const isLong = warm.length >= fewestSamples;
  const slope = isLong ? slopeOf(warm) : 0;
  say(`\noutcomes: ${JSON.stringify(outcomes)}`);
  say(
    isLong
      ? `heap after ${warmUpTurns} turns: ${slope.toFixed(0)} bytes a turn over ${warm.length} samples (at most ${mostBytesPerTurn})`
      : `heap: no slope, since the first ${warmUpTurns} turns are warm-up and ${warm.length} samples are too few`,
  );
  say(`left open at the end: ${JSON.stringify(leaked)}`);
  for (const rule of broken) say(`broken: ${rule}`);
  const ended = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const checks = [slope <= mostBytesPerTurn, Object.keys(leaked).length === 0, broken.length === 0, ended === turns];
  const failed = checks.filter((passed) => !passed).length;
  say(`\n${checks.length - failed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exitCode = await main();
