/** Laying out a word that has to be broken takes time that grows with the square of its length. In UTF-16 units. */
const longestPiece = 2000;

/** A text in pieces that are laid out each for itself; together they are the text. At least one. */
export function splitText(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = pieceEnd(text, start + longestPiece);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces.length === 0 ? [""] : pieces;
}

/** Never between the two halves of a character. */
function pieceEnd(text: string, end: number): number {
  const code = text.charCodeAt(end);
  return code >= 0xdc00 && code <= 0xdfff ? end - 1 : end;
}
