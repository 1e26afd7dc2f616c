import type { SecretSpan } from "./secret-span.ts";

/** Shorter values would be found everywhere. */
const shortest = 8;
const mostValues = 500;

/** Secrets known by their value: found by exact match, also percent-encoded, in base64 and as JSON writes them. */
export class LiveSecrets {
  readonly #kinds = new Map<string, string>();

  /** Whether the value is watched for from now on; one shorter than eight characters is not. */
  add(value: string, kind: string): boolean {
    const lines = value.split(/[\r\n]+/u).filter((line) => line.length >= shortest);
    if (this.#kinds.size >= mostValues * 4) return false;
    for (const line of lines) for (const form of formsOf(line)) if (!this.#kinds.has(form)) this.#kinds.set(form, kind);
    return lines.length > 0;
  }

  find(text: string): readonly SecretSpan[] {
    const spans: SecretSpan[] = [];
    for (const [value, kind] of this.#kinds) {
      for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length)) {
        spans.push({ start: at, end: at + value.length, kind });
      }
    }
    return spans;
  }
}

function formsOf(value: string): ReadonlySet<string> {
  const bytes = Buffer.from(value, "utf8");
  return new Set([
    value,
    encodeURIComponent(value.replace(/\p{Surrogate}/gu, "\uFFFD")),
    JSON.stringify(value).slice(1, -1),
    bytes.toString("base64"),
    bytes.toString("base64url"),
  ]);
}
