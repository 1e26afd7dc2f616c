import { t, text } from "../../protocol/localize.ts";
import type { ErrorAction } from "../../protocol/turn-error.ts";

/** A check that was made, as text with its fix. */
export interface DiagnosisLine {
  readonly state: "pass" | "fail" | "skipped";
  readonly text: string;
  readonly actions: readonly ErrorAction[];
}

/** One run of the checks. Its texts hold no secrets. */
export interface Diagnosis {
  /** What is checked: model, endpoint, profile. */
  readonly head: string;
  /** Lines as soon as they are known; throws the signal's reason when it is aborted. `onStart` gets the title of a check. */
  run(signal: AbortSignal, onStart: (title: string) => void): AsyncIterable<DiagnosisLine>;
}

const labels: Partial<Record<ErrorAction, string>> = {
  "sign-in": text("Sign In"),
  "select-model": text("Select Model"),
  "open-settings": text("Open Settings"),
};

export function labelOf(action: ErrorAction): string | undefined {
  const label = labels[action];
  return label && t(label);
}

/** "2 of 9 checks failed." */
export function verdictOf(lines: readonly DiagnosisLine[]): string {
  const failed = lines.filter(({ state }) => state === "fail").length;
  const skipped = lines.filter(({ state }) => state === "skipped").length;
  const made = lines.length - skipped;
  if (failed === 0)
    return skipped === 0
      ? t("All {0} checks passed.", made)
      : t("All {0} checks passed, {1} were skipped.", made, skipped);
  return t("{0} of {1} checks failed, {2} were skipped.", failed, made, skipped);
}
