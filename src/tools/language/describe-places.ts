import { extname } from "node:path";
import { type ToolSuccess, textResult } from "../../agent/tool.ts";
import { plural, t } from "../../protocol/localize.ts";
import { showPath } from "../resolve-path.ts";
import type { WorkspaceFolder } from "../workspace.ts";
import type { CodePlace, LanguageAnswer } from "./language.ts";
import type { ScreenPlace, ToldText } from "./screen-places.ts";

/** A place of an answer, and what is said of it before its line. */
export interface LabelledPlace {
  readonly place: CodePlace;
  readonly label: string;
}

export interface AnswerSummary {
  /** The file that was asked about; "" for the workspace. */
  readonly shown: string;
  readonly noun: string;
  /** What was asked about: `retryDelay`, the outline of a file. */
  readonly subject: string;
  readonly screen: ScreenPlace;
  readonly folders: readonly WorkspaceFolder[];
  /** So many of them, for the user. */
  readonly count: (count: number) => string;
  /** Past tense, without the counts. */
  readonly title: string;
  /** Said where nothing was found. */
  readonly hint: string;
  /** Said where there are too many for the model. */
  readonly whenCut?: string;
}

/** The result as the model reads it: how many in how many files, then `path:line  text`, file by file. */
export async function describePlaces(
  answer: LanguageAnswer<LabelledPlace>,
  summary: AnswerSummary,
): Promise<ToolSuccess> {
  const { noun, subject, title } = summary;
  if (answer.kind === "unanswered") return describeUnanswered(answer.language, summary);
  const files = await listByFile(answer.found, summary);
  const count = [...files.values()].reduce((total, lines) => total + lines.length, 0);
  const starting =
    answer.kind === "starting" ? `a language extension was still starting after ${answer.seconds} seconds` : undefined;
  if (count === 0) {
    const text = starting === undefined ? summary.hint : `But ${starting}: ask again in a moment, or use search_files.`;
    return {
      content: textResult(`0 ${noun}s ${subject}. ${text}`.trimEnd()),
      title: t("{0}, {1}", title, summary.count(0)),
    };
  }
  const body = [...files.values()].map((lines) => lines.join("\n")).join("\n\n");
  const where = `in ${countOf(files.size, "file")}`;
  const note = starting === undefined ? "" : ` (${starting}: there may be more)`;
  return {
    content: textResult(`${countOf(count, noun)} ${subject} ${where}${note}\n\n${body}`),
    title: t("{0}, {1} in {2}", title, summary.count(count), plural(files.size, "{0} file", "{0} files")),
    ...(summary.whenCut !== undefined && { whenCut: summary.whenCut }),
  };
}

function describeUnanswered(language: string, { shown, title }: AnswerSummary): ToolSuccess {
  const what = extname(shown) || language || "the files of this workspace";
  const text = `No language extension answers for ${what}; use search_files.`;
  return { content: textResult(text), title: t("{0}, no language extension answers", title) };
}

/** The lines of each file, in the order in which the files come; a place that is named twice counts once. */
async function listByFile(
  places: readonly LabelledPlace[],
  { screen, folders }: AnswerSummary,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = new Map<string, Set<string>>();
  for (const { place, label } of places) {
    const told = await screen(place);
    if (told === undefined) continue;
    const shown = place.isOnDisk ? showPath(place.path, folders) : place.path;
    const lines = files.get(shown) ?? new Set();
    files.set(shown, lines);
    const range = place.endLine > place.line ? `${place.line}-${place.endLine}` : `${place.line}`;
    const line = `${shown}:${range}  ${[label, textOf(told)].filter((part) => part !== "").join(" ")}`.trimEnd();
    lines.add(line);
  }
  return new Map([...files].map(([shown, lines]) => [shown, [...lines]]));
}

function textOf(told: ToldText): string {
  switch (told.kind) {
    case "line":
      return told.text.trimStart();
    case "outside":
      return "(outside the workspace)";
    case "unread":
      return "";
  }
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
