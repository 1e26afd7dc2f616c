import { isEnvironmentFile, maskedParts } from "./environment-file.ts";
import { findSecrets } from "./find-secrets.ts";
import { LiveSecrets } from "./live-secrets.ts";
import { looksRandom } from "./randomness.ts";
import { mergeSpans, type SecretSpan, subtractRanges } from "./secret-span.ts";

/** A credential that this process knows. */
export interface LiveSecret {
  readonly value: string;
  /** Lower case and hyphens; the mark shows it. */
  readonly kind: string;
}

const marks = /\[redacted:[a-z][a-z0-9-]{0,30}#\d{1,6}\]/gu;
/** Masking can bring a secret to light that stood against another; chains of them are followed this far. */
const mostPasses = 6;

/**
 * Masks secrets as `[redacted:kind#n]`, one mark a secret for the whole session. What a mark stands for
 * is kept in this object only and never serialised. Text that already holds marks of this session stays as it is.
 */
export class Redactor {
  readonly #markOf = new Map<string, string>();
  readonly #secretOf = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #live = new LiveSecrets();
  /** Texts that look like marks and came from outside: their numbers are not given away. */
  readonly #foreign = new Set<string>();

  constructor(options: { readonly liveSecrets?: readonly LiveSecret[] } = {}) {
    for (const { value, kind } of options.liveSecrets ?? []) this.addLiveSecret(value, kind);
  }

  /** Masks this very value from now on, wherever it stands. False where it is too short to be told from other text. */
  addLiveSecret(value: string, kind: string): boolean {
    return this.#live.add(value, markKind(kind));
  }

  /** The same text and the same number of lines, secrets masked. Give it whole files, not windows of them. */
  redact(text: string): string {
    this.#noteForeign(text);
    let masked = text;
    for (let pass = 0; pass < mostPasses; pass++) {
      const spans = this.secretsIn(masked);
      if (spans.length === 0) return masked;
      masked = this.#mask(masked, spans);
    }
    return masked;
  }

  /**
   * A whole file, line for line, so that windows can be cut from it. Of an environment file (by `name`) every value is
   * masked and every key stays.
   */
  redactFile(text: string, name = ""): string {
    if (!isEnvironmentFile(name)) return this.redact(text);
    this.#noteForeign(text);
    const spans = mergeSpans(text, maskedParts(text));
    for (const { start, end, kind } of spans) {
      const value = text.slice(start, end);
      if (looksRandom(value)) this.#live.add(value, kind);
    }
    const { whole, remains } = subtractRanges(spans, this.#issuedIn(text));
    return this.redact(this.#mask(text, [...whole, ...remains].sort(byStart)));
  }

  /** What is still to be masked in a text: in order, without overlaps, none across a line break. */
  secretsIn(text: string): readonly SecretSpan[] {
    const found = mergeSpans(text, [...this.#live.find(text), ...findSecrets(text)]);
    const { whole, remains } = subtractRanges(found, this.#issuedIn(text));
    const random = remains.filter(({ start, end }) => looksRandom(text.slice(start, end)));
    return random.length === 0 ? whole : [...whole, ...random].sort(byStart);
  }

  /**
   * Puts the secrets back for this session's marks. Only for what stays on this machine, in the file it came
   * from: an edit's text. Never for commands, links or anything that is sent.
   */
  restore(text: string): string {
    return text.replace(marks, (mark) => this.#secretOf.get(mark) ?? mark);
  }

  #mask(text: string, spans: readonly SecretSpan[]): string {
    const parts: string[] = [];
    let from = 0;
    for (const { start, end, kind } of spans) {
      parts.push(text.slice(from, start), this.#markFor(text.slice(start, end), kind));
      from = end;
    }
    return parts.join("") + text.slice(from);
  }

  #markFor(secret: string, kind: string): string {
    const known = this.#markOf.get(secret);
    if (known !== undefined) return known;
    const mark = this.#nextMark(kind);
    this.#markOf.set(secret, mark);
    this.#secretOf.set(mark, secret);
    return mark;
  }

  #nextMark(kind: string): string {
    for (let number = (this.#counts.get(kind) ?? 0) + 1; ; number++) {
      const mark = `[redacted:${kind}#${number}]`;
      if (this.#foreign.has(mark)) continue;
      this.#counts.set(kind, number);
      return mark;
    }
  }

  #noteForeign(text: string): void {
    if (!text.includes("[redacted:")) return;
    for (const [mark] of text.matchAll(marks)) {
      if (!this.#secretOf.has(mark)) this.#foreign.add(mark);
    }
  }

  #issuedIn(text: string): readonly { readonly start: number; readonly end: number }[] {
    if (!text.includes("[redacted:")) return [];
    return [...text.matchAll(marks)]
      .filter(([mark]) => this.#secretOf.has(mark))
      .map((match) => ({ start: match.index, end: match.index + match[0].length }));
  }
}

function byStart(left: SecretSpan, right: SecretSpan): number {
  return left.start - right.start;
}

/** Whatever a caller names a kind, its mark is recognised again. */
function markKind(kind: string): string {
  const plain = kind
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^[^a-z]+|-+$/gu, "")
    .slice(0, 31);
  return plain === "" ? "credential" : plain;
}
