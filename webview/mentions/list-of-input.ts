import { signal } from "@preact/signals";
import type { FunctionComponent } from "preact";

/** The list below the marks, loaded when one is first typed. */
export interface MentionList {
  /** The text or the caret has changed. */
  follow(input: HTMLTextAreaElement): void;
  /** True where the key was for the list. */
  takeKey(event: KeyboardEvent): boolean;
  close(): void;
  readonly View: FunctionComponent;
}

/** The option that the input, which has the focus all the time, points to while the list is open. */
export const activeOption = signal<string | null>(null);
export const listId = "mention-list";
