import { type ToolSuccess, textResult } from "../../agent/tool.ts";
import { plural, t } from "../../protocol/localize.ts";
import type { ListedPlaces } from "./list-places.ts";

/** Folders that are named with what is left out in them. */
const MOST_FOLDERS = 30;

export interface ListSummary {
  /** What was listed: `src`, `src (*.ts)`. */
  readonly subject: string;
  /** The same for the user. */
  readonly shown: string;
  readonly listed: ListedPlaces;
  /** Said after the counts. */
  readonly notes: readonly string[];
}

/** The result as the model reads it: the count, one path a line, where the rest is, and last how many are withheld. */
export function describeList({ subject, shown, listed, notes }: ListSummary): ToolSuccess {
  const { files, rest, stoppedBy, withheld, leftOut } = listed;
  const more = stoppedBy === undefined ? "" : "more than ";
  const count = `${more}${countOf(files.length + rest.length)}`;
  const total = files.length + rest.length;
  const shownCount =
    stoppedBy === undefined
      ? plural(total, "{0} file", "{0} files")
      : plural(total, "more than {0} file", "more than {0} files");
  const remarks = [
    ...(rest.length > 0 ? [`the first ${files.length.toLocaleString("en")} are listed; narrow path or glob`] : []),
    ...(stoppedBy === "deadline" ? ["stopped at the time limit"] : []),
    ...leftOut,
    ...notes,
  ];
  const note = remarks.length === 0 ? "" : ` (${remarks.join("; ")})`;
  const parts = [
    `${count} in ${subject}${note}`,
    ...(files.length === 0 ? [] : [`\n${files.join("\n")}`]),
    ...(rest.length === 0 ? [] : [`\nNot listed:\n${byFolder(rest).join("\n")}`]),
    ...(withheld === 0 ? [] : [`\n${rest.length === 0 ? "" : "at least "}${countOf(withheld)} withheld`]),
  ];
  const content = textResult(parts.join("\n"));
  return { content, title: t("Listed {0}, {1}", shown, shownCount), whenCut: "A narrower path or glob lists less." };
}

/** How many files of the rest lie below which folder, two names deep. */
function byFolder(files: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const folder = file.split("/").slice(0, -1).slice(0, 2).join("/");
    const name = folder === "" ? "here" : `${folder}/`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const all = [...counts].map(([name, count]) => `- ${name}: ${countOf(count)}`);
  const hidden = all.length - MOST_FOLDERS;
  return hidden <= 0 ? all : [...all.slice(0, MOST_FOLDERS), `- and ${hidden.toLocaleString("en")} more folders`];
}

function countOf(files: number): string {
  return `${files.toLocaleString("en")} file${files === 1 ? "" : "s"}`;
}
