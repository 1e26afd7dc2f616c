import type { SecretSpan } from "./secret-span.ts";

/**
 * What a secret looks like by itself. `looks` is global; where it has two groups, the second is the secret and the
 * first what leads to it. Every pattern is linear: a run without a limit begins only where no such run goes on.
 */
export interface TokenShape {
  readonly kind: string;
  /** A literal without which there is no match: a text without it is not scanned. */
  readonly hint?: string;
  readonly looks: RegExp;
  readonly accepts?: (value: string) => boolean;
}

/** All secrets of one shape. */
export function findShape(text: string, { kind, hint, looks, accepts }: TokenShape): readonly SecretSpan[] {
  if (hint !== undefined && !text.includes(hint)) return [];
  const spans: SecretSpan[] = [];
  for (const match of text.matchAll(looks)) {
    const lead = match[2] === undefined ? "" : (match[1] ?? "");
    const value = match[2] ?? match[0];
    const start = match.index + lead.length;
    if (accepts === undefined || accepts(value)) spans.push({ start, end: start + value.length, kind });
  }
  return spans;
}
