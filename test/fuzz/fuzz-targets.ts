import { assemblerTarget, streamTarget, turnTarget } from "./assembler-targets.ts";
import { decoderTarget } from "./decoder-target.ts";
import type { FuzzTarget } from "./fuzz-target.ts";
import { historyTarget, journalTarget, recordTarget } from "./history-targets.ts";

export const fuzzTargets: readonly FuzzTarget[] = [
  assemblerTarget,
  streamTarget,
  turnTarget,
  decoderTarget,
  historyTarget,
  recordTarget,
  journalTarget,
];
