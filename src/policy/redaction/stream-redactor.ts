import { openKeyStart } from "./private-keys.ts";
import type { Redactor } from "./redactor.ts";

/** At most this much is held back, in UTF-16 units; a private key of 16,384 bits has 13,000. */
const mostHeld = 16_384;
/** No secret on one line is longer. */
const longestSecret = 4_096;

export interface StreamRedactor {
  /** What can be shown of the output so far; complete lines, each judged as a whole. */
  push(chunk: string): string;
  /** The rest, for the end of the output. */
  finish(): string;
}

/**
 * Masks live output, where a secret may be cut between two chunks: the line that is still open is held back, and with
 * it the lines of a private key that has not ended. Escape sequences are to be removed before.
 */
export function createStreamRedactor(redactor: Redactor): StreamRedactor {
  let held = "";
  return {
    push(chunk) {
      held += chunk;
      if (!chunk.includes("\n") && held.length <= mostHeld) return "";
      const cut = held.length > mostHeld ? forcedCut(redactor, held) : lineCut(held);
      const ready = held.slice(0, cut);
      held = held.slice(cut);
      return ready === "" ? "" : redactor.redact(ready);
    },
    finish() {
      const rest = held;
      held = "";
      return redactor.redact(rest);
    },
  };
}

function lineCut(held: string): number {
  const complete = held.lastIndexOf("\n") + 1;
  return openKeyStart(held.slice(0, complete)) ?? complete;
}

/** A line beyond all measure is cut at a space, never within a secret or close before the end, where one may be cut. */
function forcedCut(redactor: Redactor, held: string): number {
  const line = lineCut(held);
  if (line > 0 && held.length - line <= mostHeld / 2) return line;
  const latest = held.length - longestSecret;
  const space = Math.max(held.lastIndexOf(" ", latest), held.lastIndexOf("\n", latest)) + 1;
  const cut = space > latest / 2 ? space : latest;
  const across = redactor.secretsIn(held).find(({ start, end }) => start < cut && cut < end);
  return across === undefined ? cut : across.start > 0 ? across.start : across.end;
}
