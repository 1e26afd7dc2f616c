import { signal } from "@preact/signals";
import type { Turn } from "../../src/protocol/chat-state.ts";

/** Turns that are built without asking; earlier ones come when asked for. */
export const pageSize = 500;

/** Turns that the browser skips as one where they are far from the screen, which then cost it nothing each. */
export const groupSize = 16;

/** Turns this close to the end are laid out always, so that following the end never meets an estimated height. */
export const recentTurns = 3;

/** As much as the first paint has time for, in characters. */
const firstLength = 16_000;

/** How many turns of a session are wanted, and how many are built so far; both counted from the end. */
export interface Extent {
  readonly session: string;
  readonly wanted: number;
  readonly built: number;
  /** Those of the first paint. */
  readonly first: number;
}

export const extent = signal<Extent>({ session: "", wanted: pageSize, built: 0, first: 0 });

/** Where a session begins: with its last turns, and all after the one that was being read. */
export function firstExtent(session: string, turns: readonly Turn[], read = turns.length): Extent {
  const first = Math.max(turns.length - read, withEarlier(turns, 0, firstLength));
  return { session, wanted: pageSize, built: first < turns.length ? first : pageSize, first };
}

/** @returns `built`, and as many turns before them as make `length` characters; at least one */
export function withEarlier(turns: readonly Turn[], built: number, length: number): number {
  let count = built;
  for (let left = length; left > 0 && count < turns.length; count += 1) left -= lengthOf(turns.at(-1 - count));
  return count;
}

/** About how high a finished answer is, in CSS pixels, until it is seen. */
export function estimatedHeight(turn: Turn): number {
  return Math.round(lengthOf(turn) * 0.35);
}

/** What else is there counts as a line. */
function lengthOf(turn: Turn | undefined): number {
  return (turn?.parts ?? []).reduce((sum, part) => sum + 200 + (part.kind === "text" ? part.text.length : 0), 400);
}
