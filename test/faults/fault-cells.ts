import type { Transport } from "../support/wire-scene.ts";
import { type FaultKind, faultKinds } from "./fault-list.ts";
import { type AnswerPoint, framesBefore } from "./spoken-scene.ts";

/** When in the turn the fault strikes. */
export const phases = [
  "before headers",
  "before the first frame",
  "in thinking",
  "in text",
  "in tool input",
  "before messageStop",
  "between steps",
  "during a tool",
  "in a summary",
] as const;
export type Phase = (typeof phases)[number];

/** One square of the matrix: a whole conversation in which one fault strikes at one moment. */
export interface FaultCell {
  readonly kind: FaultKind;
  readonly phase: Phase;
  readonly transport: Transport;
  /** Once, or at every attempt until the turn has ended. */
  readonly strikes: "once" | "always";
  /** The model call that the fault meets: the turn's first, the one with the tools' results, or that for a summary. */
  readonly step: 1 | 2 | "summary";
  /** Frames of the answer that are sent before it. */
  readonly afterEvents: number;
}

const phasesOf: Readonly<Record<FaultKind["place"], readonly Phase[]>> = {
  head: ["before headers", "between steps", "during a tool", "in a summary"],
  frame: phases.filter((phase) => phase !== "before headers"),
  body: ["before the first frame", "between steps", "during a tool", "in a summary"],
  tail: ["before messageStop", "between steps", "during a tool", "in a summary"],
};

/** The whole matrix, a transport after the other. */
export function faultCells(): readonly FaultCell[] {
  const transports: readonly Transport[] = ["plain", "tls"];
  return transports.flatMap((transport) =>
    phases.flatMap((phase) =>
      faultKinds
        .filter(({ place }) => phasesOf[place].includes(phase))
        .flatMap((kind) => strikesOf(kind).map((strikes) => toCell(kind, phase, transport, strikes))),
    ),
  );
}

/** Each kind of fault once, in changing phases and over both transports. */
export function fewFaultCells(): readonly FaultCell[] {
  return faultKinds.flatMap((kind, index) => {
    const possible = phasesOf[kind.place];
    const phase = possible[index % possible.length];
    const transport = index % 2 === 0 ? "plain" : "tls";
    const strikes = strikesOf(kind).at(index % 3 === 0 ? -1 : 0) ?? "once";
    return phase === undefined ? [] : [toCell(kind, phase, transport, strikes)];
  });
}

export function describeCell({ kind, phase, transport, strikes }: FaultCell): string {
  return `${kind.name} ${phase}, ${strikes}, ${transport === "tls" ? "TLS" : "plain"}`;
}

function strikesOf({ stops, harmless }: FaultKind): readonly FaultCell["strikes"][] {
  return stops === true || harmless === true ? ["once"] : ["once", "always"];
}

function toCell(kind: FaultKind, phase: Phase, transport: Transport, strikes: FaultCell["strikes"]): FaultCell {
  const step = stepOfPhase(phase);
  return { kind, phase, transport, strikes, step, afterEvents: framesBefore(pointOf(phase), step) };
}

function stepOfPhase(phase: Phase): FaultCell["step"] {
  if (phase === "in a summary") return "summary";
  return phase === "between steps" || phase === "during a tool" ? 2 : 1;
}

function pointOf(phase: Phase): AnswerPoint {
  switch (phase) {
    case "before headers":
    case "before the first frame":
    case "between steps":
      return "start";
    case "in thinking":
      return "thinking";
    case "in text":
    case "during a tool":
    case "in a summary":
      return "text";
    case "in tool input":
      return "tool-input";
    case "before messageStop":
      return "end";
  }
}
