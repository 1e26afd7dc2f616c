/** Masks a text line for line. */
export type MaskText = (text: string) => string;

/**
 * The hunks of one file with their secrets masked. The old and the new lines are masked each as a text of their own, since
 * the signs before them would hide a key of several lines.
 */
export function maskHunks(body: readonly string[], mask: MaskText): readonly string[] {
  const old = maskSide(body, "-", mask);
  const now = maskSide(body, "+", mask);
  return body.map((line, index) => {
    if (line.startsWith("@@")) return maskHeading(line, mask);
    const masked = now.get(index) ?? old.get(index);
    const other = old.get(index) ?? masked;
    if (masked === undefined || other === undefined) return line;
    // An unchanged line stands on both sides; where one of them shows a secret in it, that one counts.
    return line.slice(0, 1) + (masked === line.slice(1) ? other : masked);
  });
}

/** The masked lines of one side by their place in the body. */
function maskSide(body: readonly string[], sign: "-" | "+", mask: MaskText): ReadonlyMap<number, string> {
  const places = body.flatMap((line, index) => (line.startsWith(sign) || line.startsWith(" ") ? [index] : []));
  const masked = mask(places.map((index) => body[index]?.slice(1) ?? "").join("\n")).split("\n");
  return new Map(places.map((place, index) => [place, masked[index] ?? ""]));
}

/** Behind the second @@ git puts a line of the file. */
function maskHeading(line: string, mask: MaskText): string {
  const [, ranges = "", text = ""] = /^(@@+ [^@]*@@+ ?)(.*)$/su.exec(line) ?? [];
  return ranges + (text === "" ? "" : mask(text));
}
