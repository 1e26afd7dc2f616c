import { assemblerTarget, streamTarget, turnTarget } from "./assembler-targets.ts";
import { cutTarget } from "./cut-target.ts";
import { decoderTarget } from "./decoder-target.ts";
import type { FuzzTarget } from "./fuzz-target.ts";
import { historyTarget, journalTarget, recordTarget } from "./history-targets.ts";

const streamTargets = [assemblerTarget, streamTarget, turnTarget, decoderTarget];

export const fuzzTargets: readonly FuzzTarget[] = [
  ...streamTargets.map((target) => ({ ...target, readsStreams: true })),
  historyTarget,
  recordTarget,
  journalTarget,
  cutTarget,
];
