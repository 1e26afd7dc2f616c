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
  "sign-in": "Sign In",
  "select-model": "Select Model",
  "open-settings": "Open Settings",
};

export function labelOf(action: ErrorAction): string | undefined {
  return labels[action];
}

/** "2 of 9 checks failed." */
export function verdictOf(lines: readonly DiagnosisLine[]): string {
  const failed = lines.filter(({ state }) => state === "fail").length;
  const skipped = lines.filter(({ state }) => state === "skipped").length;
  const made = lines.length - skipped;
  if (failed === 0)
    return skipped === 0 ? `All ${made} checks passed.` : `All ${made} checks passed, ${skipped} were skipped.`;
  return `${failed} of ${made} checks failed, ${skipped} were skipped.`;
}
