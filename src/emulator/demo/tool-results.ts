/** One line that a search found. */
export interface Hit {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** The result of `search_files`: a summary line, then each file's path followed by its indented `LINE: text`. */
export interface SearchResult {
  readonly summary: string;
  readonly hits: readonly Hit[];
}

export function parseSearchResult(text: string): SearchResult {
  const [summary = "", ...lines] = text.split(/\r?\n/u);
  const hits: Hit[] = [];
  let path = "";
  for (const line of lines) {
    const hit = /^\s+(\d+):\s?(.*)$/u.exec(line);
    if (hit !== null) {
      hits.push({ path, line: Number(hit[1]), text: hit[2] ?? "" });
    } else if (/^\S/u.test(line)) {
      path = line.trim().replace(/:$/u, "");
    }
  }
  return { summary, hits };
}

/** The result of `read_file`: a heading `PATH (lines A-B of N)`, then `LINE<TAB>text`. */
export interface ReadResult {
  readonly path: string | undefined;
  readonly lines: readonly { readonly number: number; readonly text: string }[];
  /** Lines of the whole file, if the heading tells. */
  readonly total: number | undefined;
}

export function parseReadResult(text: string): ReadResult {
  const all = text.split(/\r?\n/u);
  const heading = /^(.+?) \(lines? (\d+)(?:[-–](\d+))? of (\d+).*\)/u.exec(all[0] ?? "");
  const lines = all.flatMap((line) => {
    const numbered = /^\s*(\d+)\t(.*)$/u.exec(line);
    return numbered === null ? [] : [{ number: Number(numbered[1]), text: numbered[2] ?? "" }];
  });
  return { path: heading?.[1], lines, total: heading === null ? undefined : Number(heading[4]) };
}

/** The labels in a task list: lines `- LABEL (source) …`. */
export function parseTaskList(text: string): readonly string[] {
  return text.split(/\r?\n/u).flatMap((line) => /^\s*-\s+(.+?)(?:\s+\([^)]*\).*)?$/u.exec(line)?.[1] ?? []);
}

/** The result of a task that was started: how it ended and what it printed. */
export interface TaskResult {
  readonly label: string;
  /** `other`: cancelled, timed out, still running; `how` is the tool's own word for it. */
  readonly ending:
    | { readonly kind: "exited"; readonly code: number }
    | { readonly kind: "other"; readonly how: string };
  readonly output: string;
}

/** @returns undefined when the text does not report a task that was started. */
export function parseTaskResult(text: string): TaskResult | undefined {
  const match = /^Task "(.+?)" (.+)$/mu.exec(text);
  if (match === null) {
    return undefined;
  }
  const [whole, label = "", how = ""] = match;
  const output = text.slice(match.index + whole.length).trim();
  const code = /^finished with exit code (-?\d+)/u.exec(how)?.[1];
  return code === undefined
    ? { label, ending: { kind: "other", how }, output }
    : { label, ending: { kind: "exited", code: Number(code) }, output };
}
