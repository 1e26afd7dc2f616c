/** What begins and ends a line of text. */
const lines = "p, li, pre, div, h3, h4, h5, h6, td, th, button, figcaption, span.turn-details > span";

/** Matches that are marked at most. */
const mostMatches = 2000;

/** Where a text stands in the turns, folded parts included; capitals do not count, and no match goes over the end of a line. */
export function findRanges(root: Element, query: string): readonly Range[] {
  const wanted = fold(query);
  const found: Range[] = [];
  if (wanted === "") return found;
  for (const line of textLines(root)) {
    const text = fold(line.map(({ data }) => data).join(""));
    for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
      if (found.length === mostMatches) return found;
      found.push(rangeIn(line, at, at + wanted.length));
    }
  }
  return found;
}

/** In small letters, but never of another length. */
function fold(text: string): string {
  const small = text.toLowerCase();
  return small.length === text.length ? small : text;
}

/** The texts of each line, in their order. */
function textLines(root: Element): readonly (readonly Text[])[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[][] = [];
  let shown: Element | null = null;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.parentElement?.closest(".visually-hidden, [role=menu]")) continue;
    const line = node.parentElement?.closest(lines) ?? root;
    if (line === shown) found.at(-1)?.push(node);
    else found.push([node]);
    shown = line;
  }
  return found;
}

function rangeIn(line: readonly Text[], start: number, end: number): Range {
  const range = document.createRange();
  let offset = 0;
  for (const node of line) {
    const next = offset + node.data.length;
    if (start >= offset && start < next) range.setStart(node, start - offset);
    if (end > offset && end <= next) range.setEnd(node, end - offset);
    offset = next;
  }
  return range;
}
