/** Where a secret stands in a text, in UTF-16 units, and what it is: lower case and hyphens, as its mark says it. */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/**
 * One span for whatever overlaps, under the kind that comes first in `spans`: detectors run from the most telling to
 * the most general. None contains a line break, so that masking never changes the number of lines.
 */
export function mergeSpans(text: string, spans: readonly SecretSpan[]): readonly SecretSpan[] {
  const ranked = spans.map((span, rank) => ({ ...span, rank })).sort((left, right) => left.start - right.start);
  const merged: { start: number; end: number; kind: string; rank: number }[] = [];
  for (const span of ranked) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push({ ...span });
    else {
      last.end = Math.max(last.end, span.end);
      if (span.rank < last.rank) Object.assign(last, { kind: span.kind, rank: span.rank });
    }
  }
  return merged.flatMap((span) => withinLines(text, span));
}

function withinLines(text: string, { start, end, kind }: SecretSpan): readonly SecretSpan[] {
  const value = text.slice(start, end);
  if (!/[\r\n]/u.test(value)) return [{ start, end, kind }];
  return [...value.matchAll(/[^\r\n]+/gu)].map((line) => ({
    start: start + line.index,
    end: start + line.index + line[0].length,
    kind,
  }));
}

/** What of the spans lies outside the ranges; both in order. */
export function subtractRanges(
  spans: readonly SecretSpan[],
  ranges: readonly { readonly start: number; readonly end: number }[],
): { readonly whole: readonly SecretSpan[]; readonly remains: readonly SecretSpan[] } {
  const whole: SecretSpan[] = [];
  const remains: SecretSpan[] = [];
  let first = 0;
  for (const span of spans) {
    while ((ranges[first]?.end ?? Number.POSITIVE_INFINITY) <= span.start) first++;
    let from = span.start;
    for (let index = first; ; index++) {
      const range = ranges[index];
      if (range === undefined || range.start >= span.end) break;
      if (range.start > from) remains.push({ ...span, start: from, end: range.start });
      from = range.end;
    }
    if (from === span.start) whole.push(span);
    else if (from < span.end) remains.push({ ...span, start: from });
  }
  return { whole, remains };
}
