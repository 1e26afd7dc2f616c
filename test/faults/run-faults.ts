import { parseArgs } from "node:util";
import { describeCell, type FaultCell, faultCells } from "./fault-cells.ts";
import { describeEnd, judgeCell } from "./judge-cell.ts";
import { playCell } from "./play-cell.ts";

process.env["AWS_EC2_METADATA_DISABLED"] = "true";

const atOnce = 4;
const usage = `Usage: npm run faults [-- --only TEXT]

Plays every fault that the emulator knows in every phase of a turn, over plain HTTP and over TLS, against the product's
own session and client, and judges each by the same rules.

  --only TEXT   only the cells whose description contains it, such as "in text" or "TLS"`;

interface Verdict {
  readonly cell: FaultCell;
  readonly end: string;
  readonly broken: readonly string[];
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: "string", default: "" }, help: { type: "boolean" } } });
  if (values.help === true) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const cells = faultCells().filter((cell) => describeCell(cell).includes(values.only));
  const waiting = cells.map((cell, index) => ({ cell, index }));
  const verdicts: Verdict[] = [];
  let printed = 0;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      verdicts[next.index] = await judge(next.cell);
      // In the matrix's order, each row as soon as all before it are there.
      for (let row = verdicts[printed]; row !== undefined; row = verdicts[++printed]) printRow(row);
    }
  };
  process.stdout.write(`     ${columns("phase", "fault", "strikes", "over")} what the user sees\n`);
  await Promise.all(Array.from({ length: atOnce }, work));
  const failed = verdicts.filter(({ broken }) => broken.length > 0).length;
  process.stdout.write(`\n${verdicts.length - failed} passed, ${failed} failed\n`);
  return failed > 0 || verdicts.length === 0 ? 1 : 0;
}

async function judge(cell: FaultCell): Promise<Verdict> {
  try {
    const played = await playCell(cell);
    return { cell, end: describeEnd(played), broken: judgeCell(cell, played) };
  } catch (error) {
    return { cell, end: "broke", broken: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}

function printRow({ cell, end, broken }: Verdict): void {
  const place = columns(cell.phase, cell.kind.name, cell.strikes, cell.transport);
  process.stdout.write(`${broken.length > 0 ? "FAIL" : "ok  "} ${place} ${end}\n`);
  for (const rule of broken) process.stdout.write(`     ↳ ${rule}\n`);
}

function columns(phase: string, fault: string, strikes: string, transport: string): string {
  return `${phase.padEnd(24)} ${fault.padEnd(46)} ${strikes.padEnd(7)} ${transport.padEnd(6)}`;
}

process.exitCode = await main();
