import { type ToolSuccess, textResult } from "../agent/tool.ts";
import { plural, t } from "../protocol/localize.ts";
import type { SearchOutcome } from "./search-engine.ts";
import type { PlacesOutcome } from "./search-places.ts";

export interface SearchSummary {
  /** The pattern between quotes, and where it was looked for: `"x" in src`. */
  readonly subject: string;
  /** The same for the user. */
  readonly shown: string;
  readonly outcome: PlacesOutcome;
  readonly maxResults: number;
  /** Said after the counts, for example that ignored files were left out. */
  readonly notes: readonly string[];
}

/** The result as the model reads it: counts and what was left out, each file with its lines, and last what is withheld. `path` of every line is as shown. */
export function describeSearch({ subject, shown, outcome, maxResults, notes }: SearchSummary): ToolSuccess {
  const { body, results, files } = listLines(outcome);
  const counts = `${countOf(results, "result")} in ${countOf(files, "file")}`;
  const remarks = [...stopNotes(outcome, maxResults), ...outcome.leftOut, ...notes];
  const title =
    results === 0
      ? t("Searched for {0}, 0 results", shown)
      : t(
          "Searched for {0}, {1} in {2}",
          shown,
          plural(results, "{0} result", "{0} results"),
          plural(files, "{0} file", "{0} files"),
        );
  const note = remarks.length === 0 ? "" : ` (${remarks.join("; ")})`;
  const end = outcome.withheld === undefined ? "" : `\n\n${outcome.withheld}`;
  if (results === 0) return { content: textResult(`0 results for ${subject}${note}${end}`), title };
  return {
    content: textResult(`${counts}${note}\n${body}${end}`),
    title,
    whenCut: "A narrower pattern or glob finds less.",
  };
}

function stopNotes({ stoppedBy }: SearchOutcome, maxResults: number): readonly string[] {
  if (stoppedBy === "limit") {
    return [`stopped at the limit of ${maxResults}; narrow the pattern or the glob for the rest`];
  }
  return stoppedBy === "deadline" ? ["stopped at the time limit; there may be more, narrow path or glob"] : [];
}

/** The lines in the order of the files; several searches may come one after another. */
function listLines({ found }: SearchOutcome) {
  const files = new Map<string, string[]>();
  for (const { path, line, text } of found) {
    const listed = files.get(path);
    const entry = `  ${line === undefined ? "" : `${line}: `}${text}`;
    if (listed === undefined) files.set(path, [entry]);
    else listed.push(entry);
  }
  const body = [...files].map(([path, entries]) => `\n${path}\n${entries.join("\n")}`).join("\n");
  return { body, results: found.length, files: files.size };
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
