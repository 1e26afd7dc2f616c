import { effect, signal } from "@preact/signals";
import { hasTurns } from "../session/panel-state.ts";

/** What is needed once there is a prompt: null until it is loaded. */
export const turnParts = signal<typeof import("./turn-parts-chunk.ts") | null>(null);

/** Loads it with the first turn. @returns what ends the wait for one */
export function loadTurnParts(): () => void {
  let isLoading = false;
  return effect(() => {
    if (!hasTurns.value || isLoading) return;
    isLoading = true;
    void import("./turn-parts-chunk.ts").then(
      ({ QueueList, SendMenu, RestoreQuestion, PromptEditor }) => {
        turnParts.value = { QueueList, SendMenu, RestoreQuestion, PromptEditor };
      },
      () => {
        // The next turn asks again.
        isLoading = false;
      },
    );
  });
}
