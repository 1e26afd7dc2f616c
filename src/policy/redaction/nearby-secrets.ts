import { looksRandom } from "./randomness.ts";
import type { SecretSpan } from "./secret-span.ts";

/** A word for a secret, at most two short words, and a long run that could be one. The run's length is bounded. */
const wordThenRun =
  /\b(?:secrets?|passwords?|passphrase|credentials?|tokens?|(?:api|access|secret|private)[ _-]?key)\b((?:[^\w\r\n]{1,4}[A-Za-z]{1,10}){0,2}[^\w\r\n]{1,4})([A-Za-z0-9+/=_-]{20,512})/giu;
const restOfRun = /[A-Za-z0-9+/=_-]*/uy;
const publicHash = /\b(?:sha\d*|hash|commit|digest|integrity|checksum|revision|etag)\b/iu;

/** Runs of high entropy next to a word for a secret: `the token is 8f2K…`. */
export function findNearbySecrets(text: string): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  for (const match of text.matchAll(wordThenRun)) {
    const [whole, between = "", run = ""] = match;
    if (publicHash.test(between) || !looksRandom(run) || (/[/]/u.test(run) && !/[A-Z].*\d|\d.*[A-Z]/u.test(run)))
      continue;
    const start = match.index + whole.length - run.length;
    restOfRun.lastIndex = start;
    spans.push({ start, end: start + (restOfRun.exec(text)?.[0].length ?? run.length), kind: "secret" });
  }
  return spans;
}
