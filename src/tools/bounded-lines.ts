/** A line of bytes without its end, or the notice that one was longer than the limit and was dropped. */
export type BoundedLine = { readonly kind: "line"; readonly bytes: Buffer } | { readonly kind: "tooLong" };

/** Splits a byte stream at newlines in memory that the limit bounds, however long a line is. */
export async function* boundedLines(stream: AsyncIterable<Buffer>, limit: number): AsyncGenerator<BoundedLine> {
  let pieces: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    for (let from = 0; from < chunk.length; ) {
      const newline = chunk.indexOf(0x0a, from);
      const piece = chunk.subarray(from, newline === -1 ? chunk.length : newline);
      size += piece.length;
      if (size <= limit) pieces.push(piece);
      else pieces = [];
      if (newline === -1) break;
      yield size <= limit ? { kind: "line", bytes: Buffer.concat(pieces) } : { kind: "tooLong" };
      pieces = [];
      size = 0;
      from = newline + 1;
    }
  }
  if (size > 0) yield size <= limit ? { kind: "line", bytes: Buffer.concat(pieces) } : { kind: "tooLong" };
}
