import { basename } from "node:path";
import { ToolError, type ToolSuccess, textResult } from "../../agent/tool.ts";
import { plural, t } from "../../protocol/localize.ts";
import { isInsideByText, showPath } from "../resolve-path.ts";
import type { WorkspaceFolder } from "../workspace.ts";
import type { ChangedFile, Commit, RepositoryStatus } from "./repositories.ts";

export interface StatusScope {
  readonly name: string;
  readonly folders: readonly WorkspaceFolder[];
  /** Absolute: changed files elsewhere are not told. */
  readonly places: readonly string[];
}

/** Branch and changed files by their group. */
export function describeStatus(status: RepositoryStatus, { name, folders, places }: StatusScope): ToolSuccess {
  const all: readonly (readonly [string, readonly ChangedFile[]])[] = [
    ["In conflict", status.merge],
    ["Staged", status.staged],
    ["Not staged", status.unstaged],
    ["Untracked", status.untracked],
  ];
  const groups = all.map(
    ([heading, files]) =>
      [heading, files.filter(({ path }) => places.some((place) => isInsideByText(place, path)))] as const,
  );
  const count = groups.reduce((total, [, files]) => total + files.length, 0);
  const lines = groups.flatMap(([heading, files]) =>
    files.length === 0 ? [] : ["", `${heading}:`, ...files.map((file) => fileLine(file, folders))],
  );
  const branch = status.branch === undefined ? "no branch (detached head)" : `branch ${status.branch}`;
  const follows = status.upstream;
  const upstream = follows === undefined ? "" : `, ${follows.ahead} ahead and ${follows.behind} behind ${follows.name}`;
  const header = `${name}: ${branch}${upstream}; ${count === 0 ? "nothing is changed" : countOf(count, "changed file")}`;
  return {
    content: textResult([header, ...lines].join("\n")),
    title: t("Got changes of {0}, {1}", name, plural(count, "{0} file", "{0} files")),
    whenCut: "With the path of a folder there are fewer.",
  };
}

function fileLine({ path, from, status }: ChangedFile, folders: readonly WorkspaceFolder[]): string {
  const before = from === undefined || from === path ? "" : ` (was ${showPath(from, folders)})`;
  return `${status}: ${showPath(path, folders)}${before}`;
}

/** A commit a line, its message's first line and how many more there are. */
export function describeLog(commits: readonly Commit[], where: string): ToolSuccess {
  const title = t("Got the log of {0}, {1}", where, plural(commits.length, "{0} commit", "{0} commits"));
  if (commits.length === 0) return { content: textResult(`No commit of ${where}.`), title };
  const lines = commits.map(({ hash, message, author, date }) => {
    const [first = "", ...rest] = message.trimEnd().split("\n");
    const more = rest.filter((line) => line.trim() !== "").map((line) => `\n    ${line}`);
    return `${hash.slice(0, 10)} ${date === undefined ? "" : `${date.toISOString().slice(0, 10)} `}${author}: ${first}${more.join("")}`;
  });
  const header = `${countOf(commits.length, "commit")} of ${where}, newest first`;
  return { content: textResult([header, "", ...lines].join("\n")), title, whenCut: "With maxEntries there are fewer." };
}

export interface BlameRange {
  readonly start: number;
  readonly end: number;
}

/** Lines of a blame. `mask` gets the whole file's text, since a range may cut a secret in two. */
export function describeBlame(
  blame: string,
  { start, end }: BlameRange,
  { shown, mask }: { readonly shown: string; readonly mask: (text: string) => string },
): ToolSuccess {
  const parsed = blame.split("\n").map((line, index) => splitBlame(line, index + 1, shown));
  const masked = mask(parsed.map(({ text }) => text).join("\n")).split("\n");
  if (start > parsed.length) throw new ToolError(`${shown} has ${parsed.length} lines; there is no line ${start}.`);
  const last = Math.min(end, parsed.length);
  const lines = parsed
    .slice(start - 1, last)
    .map(({ origin }, index) => `${origin} ${masked[start - 1 + index] ?? ""}`);
  const header = `${shown} (lines ${start}-${last} of ${parsed.length})`;
  return {
    content: textResult([header, "", ...lines].join("\n")),
    title: t("Got the blame of {0}, lines {1}–{2}", shown, start, last),
    whenCut: "startLine and endLine tell of fewer lines.",
  };
}

/** Git writes the line's number and a bracket before its text, whatever form the user chose for the rest. */
function splitBlame(line: string, number: number, shown: string): { readonly origin: string; readonly text: string } {
  const mark = ` ${number}) `;
  const at = line.indexOf(mark);
  // An empty line has no blank behind the bracket where the output was trimmed.
  if (at === -1 && line.endsWith(` ${number})`)) return { origin: line, text: "" };
  if (at === -1) throw new ToolError(`The blame of ${shown} is in a form that is not known.`);
  return { origin: line.slice(0, at + mark.length - 1), text: line.slice(at + mark.length) };
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A repository by its folder's name where it is the workspace itself. */
export function repositoryName(root: string, folders: readonly WorkspaceFolder[]): string {
  const shown = showPath(root, folders);
  return shown === "." ? basename(root) : shown;
}
