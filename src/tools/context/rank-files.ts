/** A file or folder that may be attached, by its path as shown, with `/`. */
export interface RankedPath {
  readonly path: string;
  readonly score: number;
}

/**
 * The best of the paths for what was typed, the best first: names that are or begin with it, then those that hold it,
 * then those that have its letters in order. With nothing typed only the open ones count, in their order.
 */
export function rankPaths(
  query: string,
  paths: Iterable<string>,
  { open, most }: { readonly open: ReadonlySet<string>; readonly most: number },
): readonly string[] {
  const wanted = query.toLowerCase().replaceAll("\\", "/");
  const found: RankedPath[] = [];
  for (const path of paths) {
    const score = wanted === "" ? 0 : scoreOf(wanted, path);
    if (score !== undefined) found.push({ path, score: open.has(path) ? score + openBonus : score });
  }
  const sorted = wanted === "" ? found : found.toSorted(better);
  return sorted.slice(0, most).map(({ path }) => path);
}

/** More than any score: an open editor is what is meant more often than not. */
const openBonus = 10_000;

function better(one: RankedPath, other: RankedPath): number {
  return other.score - one.score || one.path.length - other.path.length || (one.path < other.path ? -1 : 1);
}

/** Undefined where the path has not all of the letters in order. */
function scoreOf(wanted: string, path: string): number | undefined {
  const whole = path.toLowerCase();
  const name = whole.slice(whole.lastIndexOf("/") + 1);
  if (name === wanted || whole === wanted) return 1000;
  if (name.startsWith(wanted)) return 900;
  const inName = name.indexOf(wanted);
  if (inName !== -1) return isWordStart(path.slice(path.length - name.length), inName) ? 800 : 700;
  if (whole.startsWith(wanted)) return 650;
  const inPath = whole.indexOf(wanted);
  if (inPath !== -1) return whole[inPath - 1] === "/" ? 640 : 600;
  if (wanted.includes("/")) return spread(wanted, whole, path);
  const nameSpread = spread(wanted, name, path.slice(path.length - name.length));
  return nameSpread === undefined ? spread(wanted, whole, path) : nameSpread + 200;
}

/** Letters in order with others in between: the fewer gaps, and the more at the beginnings of words, the better. */
function spread(wanted: string, text: string, written: string): number | undefined {
  let at = -1;
  let score = 200;
  for (const letter of wanted) {
    const next = text.indexOf(letter, at + 1);
    if (next === -1) return undefined;
    if (next !== at + 1) score -= isWordStart(written, next) ? 2 : 8;
    at = next;
  }
  return Math.max(1, score);
}

function isWordStart(text: string, at: number): boolean {
  const [before = "", letter = ""] = [text[at - 1], text[at]];
  return before === "" || /[^\p{L}\p{N}]/u.test(before) || (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(letter));
}
