import type { ToolSuccess } from "../../agent/tool.ts";

/** What reads were answered in a turn, until something is written. */
export class TurnCache {
  /** A turn is known by its signal. */
  #turns = new WeakMap<AbortSignal, Map<string, ToolSuccess>>();

  find(turn: AbortSignal, request: string): ToolSuccess | undefined {
    return this.#turns.get(turn)?.get(request);
  }

  keep(turn: AbortSignal, request: string, success: ToolSuccess): void {
    const known = this.#turns.get(turn) ?? new Map<string, ToolSuccess>();
    this.#turns.set(turn, known.set(request, success));
  }

  clear(): void {
    this.#turns = new WeakMap();
  }
}
