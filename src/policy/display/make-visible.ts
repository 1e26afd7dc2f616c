import { replaceHidden } from "./hidden-characters.ts";

/**
 * A text as it really is, for approvals, links, logs and paths: what is hidden or turns the direction becomes
 * `⟦U+202E⟧`, controls their pictures (`␈`, `␍`, `␛`). Newlines, tabs and everything that draws itself stay. Applying it
 * again changes nothing.
 */
export function makeVisible(text: string): string {
  return replaceHidden(text, showCodePoint);
}

/** As `makeVisible`, on one line: newlines and tabs are shown, too. For titles, logs, labels and paths. */
export function makeVisibleLine(text: string): string {
  return makeVisible(text).replace(/\r?[\n\t]/gu, (found) => (found.endsWith("\t") ? "␉" : "␊"));
}

/** `⟦U+202E⟧`, or the picture of a C0 control. */
export function showCodePoint(codePoint: number): string {
  if (codePoint < 0x20) return String.fromCodePoint(0x2400 + codePoint);
  if (codePoint === 0x7f) return "␡";
  return `⟦U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}⟧`;
}

/**
 * Both sides of a difference so that a reader sees one: where two texts would look alike and are not, every character
 * beyond ASCII and every carriage return is shown by its code point.
 */
export function makeDifferenceVisible(
  before: string,
  after: string,
): { readonly before: string; readonly after: string } {
  const seen = { before: makeVisible(before), after: makeVisible(after) };
  const looksSame = drawn(seen.before) === drawn(seen.after);
  return before !== after && looksSame ? { before: spellOut(before), after: spellOut(after) } : seen;
}

/** What a reader can tell apart: composed characters and compatibility forms look like one another. */
function drawn(text: string): string {
  return text.normalize("NFKC").replaceAll("\r\n", "\n");
}

function spellOut(text: string): string {
  return makeVisible(text.replaceAll("\r\n", "␍\n")).replace(/[^\x00-\x7f␀-␡⟦⟧]/gu, (letter) =>
    showCodePoint(letter.codePointAt(0) ?? 0),
  );
}
