import type { ChatState } from "../../src/protocol/chat-state.ts";
import type { Review } from "../../src/protocol/review.ts";
import { formatNumber, plural, t } from "../strings.ts";

/** What a turn leaves to be kept or undone. */
export function describeFiles({ files }: Review): readonly string[] {
  if (files.length === 0) return [];
  return [
    plural(
      files.length,
      "{0} file is changed. Keep or undo it in the list above the prompt.",
      "{0} files are changed. Keep or undo them in the list above the prompt.",
    ),
  ];
}

/** What is told of another list of changes; empty: nothing. A restore of the conversation is told as a change of the chat. */
export function describeReview(before: Review, after: Review, { rewound }: ChatState): string {
  if (after.canRedo !== before.canRedo) return after.canRedo && rewound === undefined ? describeRestored() : "";
  const [was, now] = [summarise(before), summarise(after)];
  if (was === now) return "";
  return now === "" ? t("No change is left to keep or undo.") : now;
}

export function describeRestored(): string {
  return `${t("{0}.", t("Checkpoint restored"))} ${t("Redo brings everything back until you send the next prompt.")}`;
}

function summarise({ files }: Review): string {
  if (files.length === 0) return "";
  const known = files.flatMap(({ lines }) => lines ?? []);
  const added = known.reduce((sum, lines) => sum + lines.added, 0);
  const removed = known.reduce((sum, lines) => sum + lines.removed, 0);
  const count = plural(files.length, "{0} file changed", "{0} files changed");
  return t("{0}, +{1} −{2}.", count, formatNumber(added), formatNumber(removed));
}
