import * as z from "zod";
import { defineTool, type Tool, ToolError } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import { expandGlobs } from "./expand-globs.ts";
import type { FilesGuard } from "./files-guard.ts";
import { type ResolvedPath, resolvePath } from "./resolve-path.ts";
import { sizeLimit } from "./result-size.ts";
import { ripgrepEngine } from "./ripgrep-search.ts";
import type { SearchEngine } from "./search-engine.ts";
import { isCaseSensitive, type SearchOutcome } from "./search-engine.ts";
import { searchPlaces } from "./search-places.ts";
import { describeSearch } from "./search-result.ts";
import { describeUnsaved } from "./search-unsaved.ts";
import { sliceText } from "./slice-text.ts";
import type { Ripgrep, Workspace, WorkspaceFolder } from "./workspace.ts";

const SEARCH_TIME_MS = 20_000;
const DEFAULT_RESULTS = 100;
const MOST_RESULTS = 200;
const LONGEST_PATTERN_SHOWN = 60;

const input = z
  .object({
    pattern: z
      .string()
      .min(1)
      .describe("What to look for, within one line: literal text, or a regular expression with regex."),
    regex: z
      .boolean()
      .optional()
      .describe("Take pattern as a regular expression (Rust syntax). Default: false, literal text."),
    path: z
      .string()
      .optional()
      .describe("Folder or file to search, relative to the workspace. Default: the whole workspace."),
    glob: z
      .string()
      .optional()
      .describe(
        "Only files that match, as in .gitignore, relative to the workspace folder: *.ts, src/**/*.{ts,tsx}. A leading ! excludes.",
      ),
    caseSensitive: z
      .boolean()
      .optional()
      .describe("Default: letter case counts only when the pattern has an upper-case letter."),
    includeIgnored: z.boolean().optional().describe("Search what .gitignore leaves out as well. Default: false."),
    maxResults: z
      .int()
      .min(1)
      .max(MOST_RESULTS)
      .optional()
      .describe(`Stop after this many matching lines. Default: ${DEFAULT_RESULTS}.`),
  })
  .strict();
type SearchInput = z.infer<typeof input>;

/** Finds ripgrep anew for every search: it must not come from the folders that are open then. Undefined = there is none. */
export type FindRipgrep = (folders: readonly WorkspaceFolder[]) => Promise<Ripgrep | undefined>;

/** Searches the text of files, by ripgrep or without it by the slow engine, which the result then names. */
export function createSearchFiles(workspace: Workspace, findRipgrep: FindRipgrep, guard: FilesGuard): Tool {
  return defineTool({
    name: "search_files",
    description:
      "Searches the contents of the workspace's files line by line. The result begins with `N results in M files`; each file's path is followed by its matching lines as `LINE: text`. Files that .gitignore leaves out are not searched unless asked; hidden files are, except .git; links are not followed. Secrets are masked; of files with keys or passwords nothing is told, and the result ends with how many were withheld.",
    input,
    effect: "read",
    limits: [
      `${DEFAULT_RESULTS} results, at most ${MOST_RESULTS}`,
      sizeLimit(),
      `${SEARCH_TIME_MS / 1000} seconds, with what was found until then`,
    ],
    streamingTitle: t("Search"),
    async prepare(asked) {
      if (/[\n\r]/.test(asked.pattern))
        throw new ToolError("The search goes line by line: pattern cannot hold a line break.");
      const folders = workspace.folders();
      if (folders.length === 0 && asked.path === undefined)
        throw new ToolError("E_OUTSIDE No folder is open in the editor.");
      const globs = asked.glob === undefined ? [] : expandGlobs(asked.glob);
      const place = asked.path === undefined ? undefined : await resolvePath(asked.path, folders);
      const [subject, shown] = describeSubject(asked.pattern, place);
      const targets = place === undefined ? folders.map(({ path }) => ({ path })) : [{ path: place.path }];
      const maxResults = asked.maxResults ?? DEFAULT_RESULTS;
      return {
        title: t("Searching for {0}", shown),
        effect: "read",
        targets,
        includesIgnored: asked.includeIgnored === true,
        subject: { question: t("Search for {0}?", shown), details: describeDetails(asked, targets) },
        // The search ends itself and gives what it found; this is for a disk that does not answer.
        timeoutMs: SEARCH_TIME_MS + 5000,
        async run({ signal }) {
          const ripgrep = await findRipgrep(folders);
          const outcome = await searchPlaces({
            engine: ripgrep === undefined ? await slowEngine() : ripgrepEngine(ripgrep.path),
            folders,
            place,
            signal,
            guard,
            search: {
              pattern: asked.pattern,
              regex: asked.regex ?? false,
              caseSensitive: asked.caseSensitive ?? isCaseSensitive(asked.pattern, asked.regex ?? false),
              globs,
              includeIgnored: asked.includeIgnored ?? false,
              maxResults,
              deadline: AbortSignal.timeout(SEARCH_TIME_MS),
            },
          });
          const places = targets.map(({ path }) => path);
          const unsaved = await describeUnsaved({ workspace, places, guard, approved: place?.path });
          const notes = notesOf(outcome, asked.includeIgnored === true, ripgrep === undefined);
          const all = unsaved === undefined ? notes : [...notes, unsaved];
          return describeSearch({ subject, shown, outcome, maxResults, notes: all });
        },
      };
    },
  });
}

function notesOf({ found }: SearchOutcome, includeIgnored: boolean, isSlow: boolean): readonly string[] {
  return [
    ...(found.length === 0 && !includeIgnored ? ["ignored files were not searched"] : []),
    ...(isSlow ? ["slow search: ripgrep was not found, regular expressions are JavaScript's"] : []),
  ];
}

/** What is looked for and where, for the model and for the user. */
function describeSubject(pattern: string, place: ResolvedPath | undefined): readonly [string, string] {
  const shown = pattern.length > LONGEST_PATTERN_SHOWN ? `${sliceText(pattern, 0, LONGEST_PATTERN_SHOWN)}…` : pattern;
  if (place === undefined || place.shown === ".") return [`"${shown}"`, `"${shown}"`];
  return [`"${shown}" in ${place.shown}`, t('"{0}" in {1}', shown, place.shown)];
}

function describeDetails(asked: SearchInput, targets: readonly { readonly path: string }[]) {
  return [
    { label: asked.regex === true ? t("Regular expression") : t("Text"), value: asked.pattern },
    ...targets.map(({ path }) => ({ label: t("In"), value: path })),
    ...(asked.glob === undefined ? [] : [{ label: t("Files"), value: asked.glob }]),
    ...(asked.includeIgnored === true ? [{ label: t("Ignored files"), value: t("included") }] : []),
  ];
}

/** Loaded where no ripgrep is found. */
async function slowEngine(): Promise<SearchEngine> {
  return (await import("./slow-search.ts")).slowSearch;
}
