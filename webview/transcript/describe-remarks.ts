import type { RecoveredPart } from "../../src/protocol/chat-state.ts";
import type { Compaction } from "../../src/protocol/compaction.ts";
import { formatDuration, plural, t } from "../strings.ts";

/** For example: Recovered after 2 retries (11 s). */
export function describeRecovery({ errors, durationMs }: RecoveredPart): string {
  const retries = plural(errors.length, "Recovered after {0} retry", "Recovered after {0} retries");
  return t("{0} ({1})", retries, formatDuration(durationMs));
}

/** In which shorter form the model gets the conversation from here on. */
export function describeCompaction({ kind }: Compaction): string {
  switch (kind) {
    case "trim":
      return t("Shortened earlier tool results for the model");
    case "summary":
      return t("Summarized the conversation so far");
  }
}
