import { signal } from "@preact/signals";
import type { Turn } from "../../src/protocol/chat-state.ts";

/** Turns that are built without asking; earlier ones come when asked for. */
export const pageSize = 500;

/** Turns that the browser skips as one where they are far from the screen, which then cost it nothing each. */
const groupSize = 4;

/** Turns this close to the end are laid out always, so that following the end never meets an estimated height. */
const recentTurns = 3;

/** As much as the first paint has time for, in characters. */
const firstLength = 16_000;

/** How many turns of a session are wanted, and how many are built so far; both counted from the end. */
export interface Extent {
  readonly session: string;
  readonly wanted: number;
  readonly built: number;
}

export const extent = signal<Extent>({ session: "", wanted: pageSize, built: 0 });

/** Where a session begins: with its last turns, and all after the one that was being read. */
export function firstExtent(session: string, turns: readonly Turn[], read = turns.length): Extent {
  const first = Math.max(turns.length - read, withEarlier(turns, 0, firstLength));
  return { session, wanted: pageSize, built: first < turns.length ? first : pageSize };
}

/** @returns `built`, and as many turns before them as make `length` characters, in whole groups; at least one */
export function withEarlier(turns: readonly Turn[], built: number, length: number): number {
  let count = built;
  for (let left = length; left > 0 && count < turns.length; count += 1) left -= lengthOf(turns.at(-1 - count));
  return count + ((turns.length - count) % groupSize);
}

export interface TurnGroup {
  /** Counted from the first one of the session, whatever is built. */
  readonly number: number;
  /** `position` is counted from the end: 0 is the last turn. */
  readonly turns: readonly { readonly turn: Turn; readonly position: number }[];
  /** It grows no more, and is not so close to the end that who follows it would meet an estimated height. */
  readonly isWhole: boolean;
  /** About how high it is, in CSS pixels, until it is seen. */
  readonly height: number;
}

/** The turns from the one at `first` on, in the groups that are skipped as one. */
export function groupTurns(all: readonly Turn[], first: number): readonly TurnGroup[] {
  const items = all.map((turn, index) => ({ turn, position: all.length - 1 - index })).slice(first);
  const groups = Object.groupBy(items, ({ position }) => Math.floor((all.length - 1 - position) / groupSize));
  return Object.entries(groups).map(([number, turns = []]) => {
    const isWhole = turns.length === groupSize && (turns.at(-1)?.position ?? 0) >= recentTurns;
    const length = turns.reduce((sum, { turn }) => sum + lengthOf(turn), 0);
    return { number: Number(number), turns, isWhole, height: Math.round(length * 0.35) };
  });
}

/** What else is there counts as a line. */
function lengthOf(turn: Turn | undefined): number {
  return (turn?.parts ?? []).reduce((sum, part) => sum + 200 + (part.kind === "text" ? part.text.length : 0), 400);
}
