import { readPageState, writePageState } from "../host.ts";
import { isRecord } from "../host-messages.ts";

/** Where the user was reading, in a session; kept only where that is not the end. */
export interface KeptScroll {
  readonly session: string;
  /** Counted from the first one of the session. */
  readonly turn: number;
  /** From the upper edge of what is seen to where that turn begins, in CSS pixels. */
  readonly offset: number;
}

/** Where the user was reading in this session; undefined: at its end. */
export function keptScroll(session: string): KeptScroll | undefined {
  const state = readPageState();
  const scroll = isRecord(state) ? state["scroll"] : undefined;
  if (!isRecord(scroll) || scroll["session"] !== session) return undefined;
  const { turn, offset } = scroll;
  return typeof turn === "number" && typeof offset === "number" ? { session, turn, offset } : undefined;
}

/** `scroll`: undefined where the user reads at the end. @returns whether anything is kept otherwise now */
export function writeScroll(scroll: KeptScroll | undefined): boolean {
  const state = readPageState();
  const { scroll: old, ...rest } = isRecord(state) ? state : {};
  if (scroll === undefined && old === undefined) return false;
  writePageState(scroll === undefined ? rest : { ...rest, scroll });
  return true;
}

/** Prompt, answer, prompt, answer: what is built. Found without a look at what is in them. */
export function turnItems(scroller: Element): readonly Element[] {
  return groupsOf(scroller).flatMap(({ children }) => [...children]);
}

/** What the browser skips as one where it is far from the screen. */
export function groupsOf(scroller: Element): readonly Element[] {
  return [...(scroller.querySelector(".turns")?.children ?? [])];
}

/** From the upper edge of what is seen. */
export function offsetOf(item: Element | undefined, scroller: Element): number {
  return (item ?? scroller).getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}
