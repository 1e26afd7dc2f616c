export type GuardrailPolicy =
  | "topic"
  | "content"
  | "word"
  | "sensitive-information"
  | "grounding"
  | "automated-reasoning";

/** One policy of a guardrail that fired. */
export interface GuardrailFinding {
  /** What it judged: what was sent, or what the model answered. */
  readonly side: "input" | "output";
  readonly policy: GuardrailPolicy;
  /** The topic, filter, list or pattern as the guardrail names it. */
  readonly name: string;
  /** The text that matched, where the policy looks for texts; cut where it is long. */
  readonly match?: string;
}

/** What a guardrail says about its intervention. */
export interface GuardrailReport {
  /** False: the answer is whole, with parts of it masked. */
  readonly blocked: boolean;
  readonly findings: readonly GuardrailFinding[];
}

/** Automated reasoning tells what it found in a text, and leaves the text as it is. */
export function onlyTells({ blocked, findings }: GuardrailReport): boolean {
  return !blocked && findings.every(({ policy }) => policy === "automated-reasoning");
}
