import type { Gate } from "../../agent/gate.ts";
import type { Target, TextChange } from "../../agent/tool.ts";

/** What a call that waits would make of a file. */
export interface ProposedChange extends TextChange {
  /** Absolute. */
  readonly path: string;
}

/** Of this many calls the texts are remembered. */
const MOST_KEPT = 20;

/** What calls would make of files, from the time they are judged: their diff can be opened while the user thinks. */
export class Proposals {
  readonly #changes = new Map<string, readonly ProposedChange[]>();

  /** The same gate; what passes it is remembered. */
  watch(gate: Gate): Gate {
    return {
      beginTurn: (turnId) => gate.beginTurn(turnId),
      addUntrusted: () => gate.addUntrusted(),
      lift: (pause) => gate.lift(pause),
      refused: (call, message) => gate.refused(call, message),
      authorize: (call, signal) => {
        this.#note(call.id, call.call.targets);
        return gate.authorize(call, signal);
      },
    };
  }

  of(callId: string): readonly ProposedChange[] {
    return this.#changes.get(callId) ?? [];
  }

  #note(callId: string, targets: readonly Target[]): void {
    const changes = targets.flatMap(({ path, change }) => (change === undefined ? [] : [{ path, ...change }]));
    if (changes.length === 0) return;
    this.#changes.delete(callId);
    this.#changes.set(callId, changes);
    const [oldest] = this.#changes.keys();
    if (oldest !== undefined && this.#changes.size > MOST_KEPT) this.#changes.delete(oldest);
  }
}
