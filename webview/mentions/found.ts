import { signal } from "@preact/signals";
import type { ContextItem, PromptFile } from "../../src/protocol/attachment.ts";

/** The last answer about what may be attached, with the number of its query. */
export const contextFound = signal<{
  readonly query: number;
  readonly items: readonly ContextItem[];
  readonly isComplete: boolean;
}>({ query: -1, items: [], isComplete: true });

/** The prompt files that there were when they were last asked for. */
export const promptsFound = signal<readonly PromptFile[]>([]);
