/** Why a character is not what it seems. */
export type HiddenKind =
  | "direction control"
  | "zero-width character"
  | "byte order mark"
  | "tag character"
  | "variation selector"
  | "control character"
  | "invisible character"
  | "unusual space"
  | "broken character";

export interface HiddenCharacter {
  readonly kind: HiddenKind;
  readonly codePoint: number;
  /** Offset in UTF-16 units. */
  readonly offset: number;
  /** From 1; lines end with `\n`. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/**
 * Code points that draw nothing, draw a space or change how their neighbours are drawn, as pairs of first and last:
 * Unicode's Bidi_Control and Default_Ignorable_Code_Point, the C0 and C1 controls, line separators and odd spaces.
 */
const ranges: readonly (readonly [first: number, last: number, kind: HiddenKind])[] = [
  [0x00, 0x08, "control character"],
  [0x0b, 0x1f, "control character"],
  [0x7f, 0x9f, "control character"],
  [0xa0, 0xa0, "unusual space"],
  [0xad, 0xad, "invisible character"],
  [0x34f, 0x34f, "invisible character"],
  [0x61c, 0x61c, "direction control"],
  [0x115f, 0x1160, "invisible character"],
  [0x1680, 0x1680, "unusual space"],
  [0x17b4, 0x17b5, "invisible character"],
  [0x180b, 0x180d, "variation selector"],
  [0x180e, 0x180e, "zero-width character"],
  [0x180f, 0x180f, "variation selector"],
  [0x2000, 0x200a, "unusual space"],
  [0x200b, 0x200d, "zero-width character"],
  [0x200e, 0x200f, "direction control"],
  [0x2028, 0x2029, "control character"],
  [0x202a, 0x202e, "direction control"],
  [0x202f, 0x202f, "unusual space"],
  [0x205f, 0x205f, "unusual space"],
  [0x2060, 0x2065, "zero-width character"],
  [0x2066, 0x2069, "direction control"],
  [0x206a, 0x206f, "direction control"],
  [0x2800, 0x2800, "unusual space"],
  [0x3000, 0x3000, "unusual space"],
  [0x3164, 0x3164, "invisible character"],
  [0xd800, 0xdfff, "broken character"],
  [0xfe00, 0xfe0f, "variation selector"],
  [0xfeff, 0xfeff, "byte order mark"],
  [0xffa0, 0xffa0, "invisible character"],
  [0xfff0, 0xfffb, "invisible character"],
  [0x1bca0, 0x1bca3, "invisible character"],
  [0x1d173, 0x1d17a, "invisible character"],
  [0xe0000, 0xe007f, "tag character"],
  [0xe0080, 0xe00ff, "invisible character"],
  [0xe0100, 0xe01ef, "variation selector"],
  [0xe01f0, 0xe0fff, "invisible character"],
];

/** One class of a regular expression with all of them; a carriage return before a newline is a line's end and is not hidden. */
const hidden = new RegExp(
  `(?!\\r\\n)[${ranges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join("")}]`,
  "gu",
);

function kindOf(codePoint: number): HiddenKind {
  return ranges.find(([first, last]) => first <= codePoint && codePoint <= last)?.[2] ?? "invisible character";
}

/** Whether any character of a text is not shown as itself. */
export function hasHiddenCharacters(text: string): boolean {
  return text.search(hidden) !== -1;
}

/** Which characters are hidden and where, in order; `most` limits the answer. */
export function findHiddenCharacters(text: string, most = 1000): readonly HiddenCharacter[] {
  const found: HiddenCharacter[] = [];
  let line = 1;
  let lineStart = 0;
  for (const { 0: letter, index } of text.matchAll(hidden)) {
    if (found.length >= most) break;
    for (let newline = text.indexOf("\n", lineStart); newline !== -1 && newline < index; ) {
      line++;
      lineStart = newline + 1;
      newline = text.indexOf("\n", lineStart);
    }
    const codePoint = letter.codePointAt(0) ?? 0;
    found.push({ kind: kindOf(codePoint), codePoint, offset: index, line, column: index - lineStart + 1 });
  }
  return found;
}

/** The banner over an approval or a file with hidden characters; undefined where there are none. */
export function hiddenCharactersNotice(text: string): string | undefined {
  const counts = new Map<HiddenKind, number>();
  for (const { kind } of findHiddenCharacters(text)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  if (counts.size === 0) return undefined;
  const parts = [...counts].map(([kind, count]) => (count === 1 ? `a ${kind}` : `${count} ${kind}s`));
  return `Contains hidden characters: ${parts.join(", ")}. They are shown as ⟦U+…⟧.`;
}

/** The text with each hidden character replaced. */
export function replaceHidden(text: string, replace: (codePoint: number) => string): string {
  return text.replace(hidden, (letter) => replace(letter.codePointAt(0) ?? 0));
}
