import type { CompactionPart, RecoveredPart, RoutedPart } from "../../src/protocol/chat-state.ts";
import type { Compaction } from "../../src/protocol/compaction.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { modelName } from "../model-name.ts";
import { formatDuration, formatNumber, plural, t, text } from "../strings.ts";

/** For example: Recovered after 2 retries (11 s). */
export function describeRecovery({ errors, durationMs }: RecoveredPart): string {
  const retries = plural(errors.length, "Recovered after {0} retry", "Recovered after {0} retries");
  return t("{0} ({1})", retries, formatDuration(durationMs));
}

/** For example: Routed to claude-haiku-4-5: a question about one file. */
export function describeRouting({ connection, reason }: RoutedPart): string {
  return t("Routed to {0}: {1}", modelName(connection), visibleText(reason));
}

/** In which shorter form the model gets the conversation from here on. */
export function describeCompaction({ compaction, tokens }: CompactionPart): string {
  const words = compactionWords[compaction.kind];
  if (tokens === undefined) return t(words);
  return t("{0} (about {1} → {2} tokens)", t(words), formatNumber(tokens.before), formatNumber(tokens.after));
}

const compactionWords: Readonly<Record<Compaction["kind"], string>> = {
  trim: text("Shortened earlier tool results for the model"),
  summary: text("Summarized the conversation so far"),
};
