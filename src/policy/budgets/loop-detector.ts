import { canonicalJson } from "./canonical-json.ts";
import { type Exhaustion, loopFound } from "./exhaustion.ts";

/** Calls that are looked back upon. */
const window = 10;
const warnAt = 3;
const stopAt = 5;
/** A cycle of two or more calls that went round this often is a loop. */
const mostRounds = 3;

export type LoopVerdict =
  | { readonly kind: "new" }
  /** `message` goes to the model with the call's result. */
  | { readonly kind: "warn"; readonly message: string }
  | { readonly kind: "stop"; readonly exhaustion: Exhaustion };

export interface ObservedCall {
  readonly tool: string;
  readonly input: unknown;
}

/** What came of a call. `changed`: it wrote or ran something that had an effect. */
export type CallOutcome = "changed" | "unchanged" | "failed";

/**
 * Sees a turn that goes round in circles: the same call again and again, cycles of calls, an edit of one file that
 * keeps failing. A call that changes something and was not made before starts the count anew, so that running the
 * tests after each of five different edits is no loop.
 */
export class LoopDetector {
  #recent: readonly string[] = [];
  readonly #made = new Set<string>();
  readonly #failures = new Map<string, number>();

  /** Before a call runs. A call that is stopped is counted, too. */
  judge(call: ObservedCall): LoopVerdict {
    const key = keyOf(call);
    this.#recent = [...this.#recent, key].slice(-window);
    const times = this.#recent.filter((other) => other === key).length;
    if (times >= stopAt) {
      return stop("repetition", stopAt, `${call.tool} was called ${times} times with the same input. Nothing was run.`);
    }
    const length = cycleLength(this.#recent);
    if (length !== undefined) {
      return stop("cycle", mostRounds, `The same ${length} calls were made ${mostRounds} times over. Nothing was run.`);
    }
    return this.#judgeFailures(call) ?? repetition(call, times);
  }

  /** After a call has run. */
  settle(call: ObservedCall, outcome: CallOutcome): void {
    const key = keyOf(call);
    const target = editTarget(call);
    if (outcome === "failed") {
      if (target !== undefined) this.#failures.set(target, (this.#failures.get(target) ?? 0) + 1);
    } else if (target !== undefined) this.#failures.delete(target);
    if (outcome === "changed" && !this.#made.has(key)) this.#recent = [key];
    this.#made.add(key);
  }

  /** The user has seen the loop and wants the turn to go on. */
  reset(): void {
    this.#recent = [];
    this.#failures.clear();
  }

  #judgeFailures(call: ObservedCall): LoopVerdict | undefined {
    const failures = this.#failures.get(editTarget(call) ?? "") ?? 0;
    if (failures + 1 >= stopAt) {
      return stop("failing-edit", stopAt, `The edit of this file has failed ${failures} times. Nothing was changed.`);
    }
    if (failures + 1 < warnAt) return undefined;
    return { kind: "warn", message: `Editing this file has failed ${failures} times in a row: read it again first.` };
  }
}

function stop(what: "repetition" | "cycle" | "failing-edit", limit: number, text: string): LoopVerdict {
  return { kind: "stop", exhaustion: loopFound(what, limit, text) };
}

function repetition(call: ObservedCall, times: number): LoopVerdict {
  if (times < warnAt) return { kind: "new" };
  return {
    kind: "warn",
    message: `${call.tool} was called ${times} times with the same input; its result is the same.`,
  };
}

function keyOf({ tool, input }: ObservedCall): string {
  return `${tool} ${canonicalJson(input)}`;
}

/** The file that a call edits. Its attempts are one series however their texts differ. */
function editTarget({ tool, input }: ObservedCall): string | undefined {
  if (typeof input !== "object" || input === null || !("path" in input) || typeof input.path !== "string")
    return undefined;
  return /edit|write|replace|patch/u.test(tool) ? `${tool} ${input.path}` : undefined;
}

/** The length of the cycle that the latest calls have gone through three times, from two on. */
function cycleLength(calls: readonly string[]): number | undefined {
  for (let length = 2; length * mostRounds <= calls.length; length++) {
    const rounds = calls.slice(-length * mostRounds);
    if (rounds.every((call, index) => call === rounds[index % length])) return length;
  }
  return undefined;
}
