import type { BenchRow } from "../bench-row.ts";
import type { OpenedSample } from "./open-session.ts";
import type { HistorySample } from "./show-history.ts";
import type { StreamSample } from "./stream-answer.ts";
import type { ReactionSample } from "./try-reactions.ts";

interface Compared {
  readonly panel: readonly StreamSample[];
  readonly bare: readonly StreamSample[];
}

interface Shown {
  readonly name: string;
  readonly unit: BenchRow["unit"];
  readonly budget?: number;
}

/**
 * What baselines take on the machine that the budgets of `ux.md` 4.4 are meant for: two shared cores on which all of them held, as
 * `docs/performance.md` has it. In percent and milliseconds.
 */
const references = {
  bare: { busy: 9.5, paintedP95: 19, keyP95: 19 },
  emptyChat: { paintedP95: 24, keyP95: 19 },
  frame: 1000 / 60,
  /** `JSON.parse` of the journal of 5,000 messages. */
  parse: 32,
} as const;

/** Of the baseline of a row, where it is known. */
function referenceOf(of: Readonly<Partial<Record<keyof StreamSample, number>>>, key: keyof StreamSample) {
  const reference = of[key];
  return reference === undefined ? {} : { reference };
}

/** A stream of an answer of so many tokens into an empty chat, next to the bare page. */
export function streamRows(tokens: number, perSecond: number, { panel, bare }: Compared): readonly BenchRow[] {
  const row = (key: keyof StreamSample, name: string, unit: BenchRow["unit"], budget?: number): BenchRow => ({
    ...{ name: `${perSecond} tokens/s: ${name}`, unit, samples: panel.map((sample) => sample[key]) },
    ...(budget !== undefined && { budget }),
    baseline: { name: "bare", samples: bare.map((sample) => sample[key]), ...referenceOf(references.bare, key) },
  });
  const isFast = perSecond > 500;
  const beyond = (key: keyof StreamSample) => panel.map((sample, index) => sample[key] - (bare[index]?.[key] ?? 0));
  return [
    row("paintedP50", "post → painted, median", "ms"),
    row("paintedP95", "post → painted, p95", "ms", isFast ? 35 : 30),
    row("nextFrameP50", "post → the frame after, median", "ms"),
    row("keyP95", "key → letter in the composer, p95", "ms", 35),
    row("busy", "main thread busy", "%", 30),
    {
      name: `${perSecond} tokens/s: script beyond the bare page`,
      unit: "s",
      samples: beyond("script"),
      budget: perSecond >= 500 ? 2.5 : 9,
      baseline: {
        name: "all that bare does",
        samples: bare.map(({ work }) => work),
        reference: (references.bare.busy / 100) * (tokens / perSecond),
      },
    },
    row("dropped", "dropped frames", "%"),
    {
      name: `${perSecond} tokens/s: dropped frames beyond the bare page`,
      unit: "points",
      samples: beyond("dropped"),
      budget: 1,
      baseline: { name: "bare", samples: bare.map(({ dropped }) => dropped) },
    },
    row("longestTask", "longest task (0: none over 50 ms)", "ms", 80),
    row("catchUp", "last post → painted", "ms", 50),
  ];
}

/** A chat of many turns. */
export function historyRows(name: string, samples: readonly HistorySample[]): readonly BenchRow[] {
  const isSession = name.includes("messages");
  const stays = name === "200 turns" ? { budget: 50 } : {};
  const rest = {
    ...{ name: "at rest", samples: samples.map(({ restFrameP95 }) => restFrameP95) },
    reference: references.frame,
  };
  const rows: Readonly<
    Record<Exclude<keyof HistorySample, "restFrameP95">, Omit<Shown, "name"> & { readonly what: string }>
  > = {
    firstPaint: { what: "snapshot → first paint, on the clock", unit: "ms", budget: isSession ? 300 : 400 },
    firstPaintWork: { what: "snapshot → first paint, main thread", unit: "ms", budget: isSession ? 300 : 400 },
    firstLayout: { what: "style and layout of the first paint", unit: "ms", budget: 50 },
    wholeWork: { what: "all turns there, main thread", unit: "ms" },
    resize: { what: "style and layout of another width", unit: "ms", ...stays },
    theme: { what: "style and layout of another theme", unit: "ms", ...stays },
    displaced: { what: "text displaced while scrolling", unit: "px", budget: 1 },
    scrollFrameP95: { what: "frame while scrolling, p95", unit: "ms", budget: 25 },
  };
  return keysOf(rows).map((key) => {
    const { what, ...shown } = rows[key];
    const compared = key === "scrollFrameP95" ? { baseline: rest } : {};
    return { name: `${name}: ${what}`, ...shown, ...compared, samples: samples.map((sample) => sample[key]) };
  });
}

/** A stream at the end of a long chat, next to one in an empty chat. */
export function longStreamRows(name: string, long: readonly StreamSample[], empty: readonly StreamSample[]) {
  const row = (key: keyof StreamSample, what: string, unit: BenchRow["unit"], budget?: number): BenchRow => ({
    ...{ name: `${name}: ${what}`, unit, samples: long.map((sample) => sample[key]) },
    ...(budget !== undefined && { budget }),
    baseline: {
      ...{ name: "empty chat", samples: empty.map((sample) => sample[key]) },
      ...referenceOf(references.emptyChat, key),
    },
  });
  return [
    row("busy", "main thread busy at 500 tokens/s", "%"),
    row("keyP95", "key → letter during that, p95", "ms", 50),
    row("paintedP95", "post → painted, p95", "ms", 30),
  ];
}

export function reactionRows(samples: readonly ReactionSample[]): readonly BenchRow[] {
  const frame = { name: "frame", samples: samples.map((sample) => sample.frame) };
  const rows: Readonly<Record<Exclude<keyof ReactionSample, "frame">, Shown>> = {
    stop: { name: "Stop → Canceled", unit: "ms", budget: 100 },
    approval: { name: "approval → card", unit: "ms", budget: 100 },
    menu: { name: "menu opened", unit: "ms", budget: 50 },
    disclosure: { name: "call unfolded", unit: "ms", budget: 50 },
    change: { name: "to another chat of 200 turns", unit: "ms", budget: 400 },
    again: { name: "view of 200 turns made anew → readable", unit: "ms", budget: 400 },
  };
  return keysOf(rows).map((key) => ({ ...rows[key], samples: samples.map((sample) => sample[key]), baseline: frame }));
}

/** The host's side of a session, and both sides together. */
export function openRows(
  name: string,
  host: readonly OpenedSample[],
  panel: readonly HistorySample[],
): readonly BenchRow[] {
  const parse = { name: "JSON.parse", samples: host.map((sample) => sample.parse) };
  const both = panel.map(({ firstPaintWork }, index) => {
    const { open = 0, serialize = 0 } = host[index] ?? {};
    return open + serialize + firstPaintWork;
  });
  return [
    { name: `${name}: journal → session, host`, unit: "ms", samples: host.map(({ open }) => open), baseline: parse },
    {
      name: `${name}: snapshot → JSON, host`,
      unit: "ms",
      samples: host.map(({ serialize }) => serialize),
      baseline: parse,
    },
    {
      ...{ name: `${name}: opened, host and panel together`, unit: "ms", samples: both, budget: 300 },
      baseline: { ...parse, reference: references.parse },
    },
  ];
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(record).filter((key): key is Key => key in record);
}
