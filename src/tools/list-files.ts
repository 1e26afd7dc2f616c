import * as z from "zod";
import { defineTool, type Tool, ToolError } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import { expandGlobs } from "./expand-globs.ts";
import type { FilesGuard } from "./files-guard.ts";
import type { ListEngine } from "./listing/list-engine.ts";
import { listPlaces } from "./listing/list-places.ts";
import { describeList } from "./listing/list-result.ts";
import { ripgrepList } from "./listing/ripgrep-list.ts";
import { type ResolvedPath, resolvePath } from "./resolve-path.ts";
import { sizeLimit } from "./result-size.ts";
import type { FindRipgrep } from "./search-files.ts";
import type { Workspace } from "./workspace.ts";

const LIST_TIME_MS = 20_000;
const DEFAULT_RESULTS = 200;
const MOST_RESULTS = 1000;
/** Files that are counted; behind them the result says "more than". */
const MOST_COUNTED = 50_000;

const input = z
  .object({
    path: z
      .string()
      .optional()
      .describe("Folder to list, with all folders below it; relative to the workspace. Default: the whole workspace."),
    glob: z
      .string()
      .optional()
      .describe(
        "Only files that match, as in .gitignore, relative to the workspace folder: *.ts, src/**/*.{ts,tsx}. A leading ! excludes.",
      ),
    includeIgnored: z.boolean().optional().describe("List what .gitignore leaves out as well. Default: false."),
    maxResults: z
      .int()
      .min(1)
      .max(MOST_RESULTS)
      .optional()
      .describe(`List this many files at most. Default: ${DEFAULT_RESULTS}.`),
  })
  .strict();
type ListInput = z.infer<typeof input>;

/** Lists files by folder or glob, by ripgrep or without it by the slow walk. */
export function createListFiles(workspace: Workspace, findRipgrep: FindRipgrep, guard: FilesGuard): Tool {
  return defineTool({
    name: "list_files",
    description:
      "Lists the files below a folder, or those that match a glob, sorted by path. The result begins with `N files in PLACE`, then one path a line; of what does not fit, the folders follow with how many files are in them. Files that .gitignore leaves out are not listed unless asked; hidden files are, except .git; links are not followed. Files with keys or passwords are only counted, as withheld.",
    input,
    effect: "read",
    limits: [
      `${DEFAULT_RESULTS} files, at most ${MOST_RESULTS.toLocaleString("en")}`,
      sizeLimit(),
      `${LIST_TIME_MS / 1000} seconds, with what was found until then`,
    ],
    streamingTitle: t("List files"),
    async prepare(asked) {
      const folders = workspace.folders();
      if (folders.length === 0 && asked.path === undefined) {
        throw new ToolError("No folder is open in the editor.", "E_OUTSIDE");
      }
      const globs = asked.glob === undefined ? [] : expandGlobs(asked.glob);
      const place = asked.path === undefined ? undefined : await resolvePath(asked.path, folders);
      const subject = describeSubject(asked.glob, place, "the workspace");
      const shown = describeSubject(asked.glob, place, t("the workspace"));
      const targets = place === undefined ? folders.map(({ path }) => ({ path })) : [{ path: place.path }];
      const includeIgnored = asked.includeIgnored ?? false;
      return {
        title: t("Listing {0}", shown),
        effect: "read",
        targets,
        includesIgnored: includeIgnored,
        subject: { question: t("List {0}?", shown), details: describeDetails(asked, targets) },
        // The listing ends itself and gives what it found; this is for a disk that does not answer.
        timeoutMs: LIST_TIME_MS + 5000,
        async run({ signal }) {
          const ripgrep = await findRipgrep(folders);
          const deadline = AbortSignal.timeout(LIST_TIME_MS);
          const listed = await listPlaces({
            engine: ripgrep === undefined ? await slowEngine() : ripgrepList(ripgrep.path),
            ...{ folders, place, guard, signal },
            listing: { globs, includeIgnored, mostFiles: MOST_COUNTED, deadline },
            mostNamed: asked.maxResults ?? DEFAULT_RESULTS,
          });
          const notes = listed.files.length === 0 && !includeIgnored ? ["ignored files were not listed"] : [];
          return describeList({ subject, shown, listed, notes });
        },
      };
    },
  });
}

function describeSubject(glob: string | undefined, place: ResolvedPath | undefined, workspace: string): string {
  const where = place === undefined || place.shown === "." ? workspace : place.shown;
  return glob === undefined ? where : `${where} (${glob})`;
}

function describeDetails(asked: ListInput, targets: readonly { readonly path: string }[]) {
  return [
    ...targets.map(({ path }) => ({ label: t("In"), value: path })),
    ...(asked.glob === undefined ? [] : [{ label: t("Files"), value: asked.glob }]),
    ...(asked.includeIgnored === true ? [{ label: t("Ignored files"), value: t("included") }] : []),
  ];
}

/** Loaded where no ripgrep is found. */
async function slowEngine(): Promise<ListEngine> {
  return (await import("./listing/slow-list.ts")).slowList;
}
