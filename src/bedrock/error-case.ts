import type { Lesson, RetryAdvice } from "../agent/model.ts";
import type { ErrorAction, ErrorKind } from "../protocol/turn-error.ts";
import type { ErrorFacts } from "./error-facts.ts";

/** A case of a kind that has its own words or its own cure. What it leaves out is the kind's own. */
export interface ErrorCase {
  /** Kinds by name, status or code among which it is looked for; absent: all. */
  readonly of?: readonly ErrorKind[];
  readonly when: (facts: ErrorFacts) => boolean;
  readonly kind?: ErrorKind;
  readonly says?: string | ((facts: ErrorFacts) => string);
  readonly retry?: RetryAdvice;
  readonly actions?: readonly ErrorAction[];
  readonly lesson?: (facts: ErrorFacts) => Lesson;
}
