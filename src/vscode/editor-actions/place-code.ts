/** Lines of a file that code replaces: from `start` to before `end`, counted from 0. Equal: it is put in before `start`. */
export interface Placement {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** A block with this share of a file's lines is taken for the whole of it. */
const wholeFrom = 0.6;
const declaration =
  /^\s*(?:(?:export|default|declare|public|private|protected|internal|static|abstract|final|async|pub|unsafe|override)\s+)*(function\*?|class|interface|type|enum|def|fn|func|struct|trait|impl|namespace|module|const|let|var|record)\s+([\w$]+)/u;

/**
 * Where a code block of an answer belongs in a file: the whole of it, the declaration that it is a new form of, or the lines
 * from its first to its last. What is not recognised is put in at `cursor`, or else at the end. The user sees it before it counts.
 */
export function placeCode(code: string, file: string, cursor?: number): Placement {
  const lines = toLines(code);
  const old = toLines(file);
  if (file.trim() === "" || isWhole(lines, old)) return { start: 0, end: old.length, lines };
  const found = declared(lines, old) ?? between(lines, old);
  if (found !== undefined) return { ...found, lines: indentAs(lines, old[found.start] ?? "") };
  const at = Math.min(cursor ?? old.length, old.length);
  return { start: at, end: at, lines };
}

/** The file's text with the code in its place. */
export function withCode(file: string, { start, end, lines }: Placement): string {
  const old = toLines(file);
  const text = [...old.slice(0, start), ...lines, ...old.slice(end)].join("\n");
  return file.endsWith("\n") || file === "" ? `${text}\n` : text;
}

/** Without the empty line that an end of line makes at the end. */
function toLines(text: string): readonly string[] {
  const lines = text.replace(/\r\n?/gu, "\n").split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function isWhole(lines: readonly string[], old: readonly string[]): boolean {
  const has = new Set(lines.map((line) => line.trim()));
  const said = old.map((line) => line.trim()).filter((line) => line !== "");
  return said.filter((line) => has.has(line)).length >= said.length * wholeFrom;
}

type Range = Pick<Placement, "start" | "end">;

/** The one declaration of the same kind and name, where the code is nothing but that. */
function declared(lines: readonly string[], old: readonly string[]): Range | undefined {
  const first = lines.findIndex((line) => line.trim() !== "");
  const name = nameOf(lines[first] ?? "");
  const last = lines.findLastIndex((line) => line.trim() !== "");
  if (name === undefined || extentOf(lines, first) <= last) return undefined;
  const same = old.flatMap((line, index) => (nameOf(line) === name ? [index] : []));
  const [start, ...more] = same;
  return start === undefined || more.length > 0 ? undefined : { start, end: extentOf(old, start) };
}

function nameOf(line: string): string | undefined {
  const [, kind, name] = declaration.exec(line) ?? [];
  return kind === undefined ? undefined : `${/^(?:const|let|var)$/u.test(kind) ? "variable" : kind} ${name}`;
}

/** The line behind what begins at `start`: what is indented deeper, and a line that closes it. */
function extentOf(lines: readonly string[], start: number): number {
  const own = indentOf(lines[start] ?? "");
  const next = lines.findIndex((line, index) => index > start && line.trim() !== "" && indentOf(line) <= own);
  if (next === -1) return lines.findLastIndex((line) => line.trim() !== "") + 1;
  if (/^\s*(?:[)\]}]|end\b)/u.test(lines[next] ?? "")) return next + 1;
  return lines.slice(0, next).findLastIndex((line) => line.trim() !== "") + 1;
}

/** From the code's first line to its last, where the file has each of them once and in this order. */
function between(lines: readonly string[], old: readonly string[]): Range | undefined {
  const said = lines.map((line) => line.trim()).filter((line) => line.length > 3);
  const [first, last] = [said[0], said.at(-1)];
  const at = (wanted: string | undefined): readonly number[] =>
    old.flatMap((line, index) => (line.trim() === wanted ? [index] : []));
  const [starts, ends] = [at(first), at(last)];
  const [start, end] = [starts[0], ends[0]];
  if (starts.length !== 1 || ends.length !== 1 || start === undefined || end === undefined) return undefined;
  return end > start ? { start, end: end + 1 } : undefined;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A block that an answer shows without the indentation that it has in the file gets that. */
function indentAs(lines: readonly string[], line: string): readonly string[] {
  const wanted = /^\s*/u.exec(line)?.[0] ?? "";
  const first = lines.find((one) => one.trim() !== "") ?? "";
  if (wanted === "" || indentOf(first) > 0) return lines;
  return lines.map((one) => (one.trim() === "" ? one : wanted + one));
}
