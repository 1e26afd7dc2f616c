import { signal } from "@preact/signals";
import type { MentionList } from "./list-of-input.ts";
import { triggerAt } from "./trigger.ts";

export const mentionList = signal<MentionList | null>(null);
let loading: Promise<unknown> | undefined;

/** Follows what is typed: a mark opens the list. */
export function followMentions(input: HTMLTextAreaElement): void {
  if (mentionList.value !== null) mentionList.value.follow(input);
  else if (triggerAt(input.value, input.selectionEnd) !== undefined)
    void load().then(() => mentionList.value?.follow(input));
}

/** So that it is there before the first mark is typed. */
export function expectMentions(): void {
  requestIdleCallback(() => void load());
}

function load(): Promise<unknown> {
  loading ??= import("./mentions-chunk.ts").then(
    (module) => {
      mentionList.value = module.mentionList;
    },
    () => {
      // Without it the marks are text; the next one asks again.
      loading = undefined;
    },
  );
  return loading;
}
