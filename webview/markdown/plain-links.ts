/** An address that stands in a text by itself, as markdown-it asks for it. */
export interface PlainLink {
  /** As it was written. */
  readonly schema: string;
  readonly index: number;
  /** Exclusive. */
  readonly lastIndex: number;
  readonly raw: string;
  readonly text: string;
  readonly url: string;
}

/** Letters, digits and symbols; in a host also what other scripts write. */
const letter = String.raw`[^\p{Z}\p{P}\p{Cc}<>\uff5c]`;
const label = `${letter}(?:(?:-|${letter})*${letter})?`;
/** Scheme, host and port. A host does not go on behind it with what no host has. */
const origin = new RegExp(
  String.raw`(https?:)//(?:\[[\da-f:.]+\]|${label}(?:\.${label})*)(?::\d{1,5})?(?![-_@]|:\d|\.[-\p{L}\p{N}]|${letter})`,
  "giuy",
);
const scheme = /(?<![\p{L}\p{N}_])https?:\/\//giu;
const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
/** Part of an address only where it goes on behind them. */
const soft = /[.,;:!?']/u;
const ends = /[\p{Z}\p{Cc}<>\uff5c]/u;
const foreignPunctuation = /(?![-/\\%@#&=_~*])\p{P}/u;

/**
 * Finds what says http:// or https:// itself; no guesses at domains or mail addresses. In the place of the package
 * linkify-it, of which markdown-it uses this much: docs/decisions/0012-plain-links.md.
 */
export class LinkifyIt {
  test(text: string): boolean {
    return this.match(text).length > 0;
  }

  match(text: string): readonly PlainLink[] {
    const found: PlainLink[] = [];
    let from = 0;
    for (const { index } of text.matchAll(scheme)) {
      const link = index < from ? undefined : linkAt(text, index);
      if (link === undefined) continue;
      found.push(link);
      from = link.lastIndex;
    }
    return found;
  }

  matchAtStart(text: string): PlainLink | null {
    return linkAt(text, 0) ?? null;
  }
}

function linkAt(text: string, index: number): PlainLink | undefined {
  origin.lastIndex = index;
  const [start, schema = ""] = origin.exec(text) ?? [];
  if (start === undefined) return undefined;
  const lastIndex = endOfPath(text, index + start.length);
  const raw = text.slice(index, lastIndex);
  return { schema, index, lastIndex, raw, text: raw, url: raw };
}

/** Brackets belong to the address where they are closed in it. */
function endOfPath(text: string, from: number): number {
  if (!/[/?#]/u.test(text.charAt(from))) return from;
  const open: string[] = [];
  let end = from;
  let at = from;
  for (const character of text.slice(from)) {
    const closer = closers[character];
    if (closer !== undefined) open.push(closer);
    else if (character === open.at(-1)) open.pop();
    else if (ends.test(character) || (foreignPunctuation.test(character) && !soft.test(character))) return end;
    at += character.length;
    if (open.length === 0 && !soft.test(character)) end = at;
  }
  return end;
}
