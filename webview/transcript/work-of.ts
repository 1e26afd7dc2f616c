import type { Turn } from "../../src/protocol/chat-state.ts";
import { formatDuration, plural, t } from "../strings.ts";
import type { VisiblePart } from "./visible-parts.ts";

/** Fewer calls say more than a line that counts them. */
const fewestCalls = 2;

/** What led to a whole answer. */
export interface Work {
  /** Of its parts: all calls, thoughts and words before the answer. */
  readonly keys: ReadonlySet<string>;
  /** For example `Completed 3 steps in 12 s`. */
  readonly label: string;
}

/** What can be folded now that the answer is there; undefined where nothing, or little, came before it. */
export function workOf({ phase }: Turn, parts: readonly VisiblePart[]): Work | undefined {
  if (phase.kind !== "ended" || phase.outcome.kind !== "completed") return undefined;
  const made = parts.filter(({ part }) => part.kind === "text" || part.kind === "reasoning" || part.kind === "tool");
  const before = made.slice(0, -1);
  const calls = before.flatMap(({ part }) => (part.kind === "tool" ? [part.call] : []));
  if (made.at(-1)?.part.kind !== "text" || calls.length < fewestCalls) return undefined;
  const failed = calls.filter(({ status }) => status.kind === "failed").length;
  const steps = plural(calls.length, "Completed {0} step", "Completed {0} steps");
  const label = t("{0} in {1}", steps, formatDuration(phase.durationMs));
  return {
    keys: new Set(before.map(({ key }) => key)),
    label: failed === 0 ? label : t("{0}, {1} failed", label, failed),
  };
}
