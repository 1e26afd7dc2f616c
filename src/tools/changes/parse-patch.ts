/** One file of a patch. */
export interface FilePatch {
  /** Relative to the repository, with `/`; both names of a file that was renamed. */
  readonly names: readonly string[];
  /** Lines before the first hunk. */
  readonly header: readonly string[];
  /** Lines of all hunks, each hunk beginning with `@@`. */
  readonly body: readonly string[];
}

/** Takes a patch of git apart by files. One whose names are in a form that is not known has none. */
export function parsePatch(patch: string): readonly FilePatch[] {
  const files: { names: string[]; header: string[]; body: string[] }[] = [];
  for (const line of patch.replace(/\n$/u, "").split("\n")) {
    if (line.startsWith("diff --git ") || line.startsWith("diff --cc ") || line.startsWith("diff --combined ")) {
      files.push({ names: [], header: [], body: [] });
    }
    const file = files.at(-1);
    if (file === undefined) continue;
    if (line.startsWith("@@") || file.body.length > 0) file.body.push(line);
    else file.header.push(line);
  }
  return files.map((file) => ({ ...file, names: namesOf(file.header) }));
}

/**
 * The names of a header: of a rename both, which stand on lines of their own; else the one that the first line has twice,
 * each with its side before it (a/ and b/, or as diff.mnemonicPrefix says), or without where diff.noprefix says so.
 */
function namesOf(header: readonly string[]): readonly string[] {
  const moved = header.flatMap((line) => /^(?:rename|copy) (?:from|to) (.+)$/u.exec(line)?.[1] ?? []);
  if (moved.length > 0) return [...new Set(moved.map(unquote))];
  const [first = ""] = header;
  const [, combined] = /^diff --(?:cc|combined) (.+)$/u.exec(first) ?? [];
  if (combined !== undefined) return [unquote(combined)];
  const both = first.slice("diff --git ".length);
  const middle = (both.length - 1) / 2;
  const [old, now] = [unquote(both.slice(0, middle)), unquote(both.slice(middle + 1))];
  if (old === now) return [old];
  return old.slice(1) === now.slice(1) && old[1] === "/" ? [old.slice(2)] : [];
}

/** Names with unusual characters are quoted as in C, bytes as octal numbers: git-scm.com/docs/git-config, core.quotePath. */
function unquote(name: string): string {
  if (!name.startsWith('"') || !name.endsWith('"')) return name;
  const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", a: "\x07" };
  const bytes: number[] = [];
  for (const [, octal, escaped, plain] of name.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gsu)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else bytes.push(...Buffer.from(escaped === undefined ? (plain ?? "") : (escapes[escaped] ?? escaped)));
  }
  return Buffer.from(bytes).toString("utf8");
}
