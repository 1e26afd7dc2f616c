import * as z from "zod";
import { defineTool, type PreparedCall, type Tool, ToolError, type ToolSuccess } from "../agent/tool.ts";
import { untilAborted } from "../agent/until-aborted.ts";
import { t } from "../protocol/localize.ts";
import { chooseRepository, placesIn, withRealPaths } from "./changes/choose-repository.ts";
import { describeBlame, describeLog, describeStatus, repositoryName } from "./changes/describe-changes.ts";
import { describeDiff } from "./changes/describe-diff.ts";
import type { Repositories, Repository } from "./changes/repositories.ts";
import type { FilesGuard } from "./files-guard.ts";
import { expectedPath } from "./open-no-follow.ts";
import { type ResolvedPath, resolvePath } from "./resolve-path.ts";
import { sizeLimit } from "./result-size.ts";
import type { Workspace } from "./workspace.ts";

const GIT_TIME_MS = 30_000;
const DEFAULT_COMMITS = 20;
const MOST_COMMITS = 200;
const DEFAULT_LINES = 500;

const input = z
  .object({
    kind: z
      .enum(["status", "diff", "log", "blame"])
      .describe("status: changed files; diff: changes as a patch; log: commits; blame: who last changed each line."),
    path: z
      .string()
      .optional()
      .describe("File or folder to look at; blame needs a file. With several repositories it says which is meant."),
    staged: z.boolean().optional().describe("diff: of what is staged. Default: of what is not staged."),
    ref: z
      .string()
      .min(1)
      .max(250)
      .optional()
      .describe("diff: compare with this commit or branch, or two of them: main...HEAD, abc123~1..abc123."),
    maxEntries: z
      .int()
      .min(1)
      .max(MOST_COMMITS)
      .optional()
      .describe(`log: most commits to list. Default: ${DEFAULT_COMMITS}.`),
    startLine: z.int().min(1).optional().describe("blame: first line, 1-based. Default: 1."),
    endLine: z.int().min(1).optional().describe(`blame: last line. Default: ${DEFAULT_LINES} from the first on.`),
  })
  .strict();
type ChangesInput = z.infer<typeof input>;

/** What each kind takes beside path. */
const taken: Readonly<Record<ChangesInput["kind"], readonly (keyof ChangesInput)[]>> = {
  status: [],
  diff: ["staged", "ref"],
  log: ["maxEntries"],
  blame: ["startLine", "endLine"],
};

export interface ChangesPorts {
  readonly workspace: Workspace;
  readonly repositories: Repositories;
  readonly guard: FilesGuard;
}

/** Tells what git knows of the workspace. */
export function createGetChanges(ports: ChangesPorts): Tool {
  return defineTool({
    name: "get_changes",
    description:
      "Tells what git knows of the workspace: changed files (status), changes as a patch (diff), commits (log), or who last changed each line of a file (blame). Secrets are masked; files with keys or passwords are named without their text. Untracked files are in status only. Nothing is changed.",
    input,
    effect: "read",
    limits: [sizeLimit(), `at most ${MOST_COMMITS} commits`, `${GIT_TIME_MS / 1000} seconds`],
    streamingTitle: t("Get changes"),
    async prepare(asked) {
      checkInput(asked);
      const folders = ports.workspace.folders();
      if (folders.length === 0 && asked.path === undefined) throw new ToolError("No folder is open.", "E_OUTSIDE");
      const place = asked.path === undefined ? undefined : await resolvePath(asked.path, folders);
      const of = place === undefined || place.shown === "." ? undefined : place.shown;
      return {
        title: of === undefined ? t("Getting the {0}", asked.kind) : t("Getting the {0} of {1}", asked.kind, of),
        effect: "read",
        targets: await targetsOf(place, folders),
        subject: {
          question: of === undefined ? t("Get the {0}?", asked.kind) : t("Get the {0} of {1}?", asked.kind, of),
          details: detailsOf(asked, place),
        },
        timeoutMs: GIT_TIME_MS,
        async run({ signal }) {
          const repositories = await ports.repositories.list(signal);
          const repository = await chooseRepository(repositories, place, folders);
          return untilAborted(answer(asked, { ...ports, repository, place }), signal);
        },
      };
    },
  });
}

function checkInput({ kind, ...asked }: ChangesInput): void {
  const { path, startLine = 1, endLine, ref } = asked;
  const stray = (["staged", "ref", "maxEntries", "startLine", "endLine"] as const).find(
    (name) => asked[name] !== undefined && asked[name] !== false && !taken[kind].includes(name),
  );
  if (stray !== undefined) throw new ToolError(`${stray} is not for kind ${kind}.`, "E_SCHEMA");
  if (kind === "blame" && path === undefined) throw new ToolError("blame needs the path of a file.", "E_SCHEMA");
  if (endLine !== undefined && endLine < startLine) {
    throw new ToolError(`endLine (${endLine}) is before startLine (${startLine}).`, "E_SCHEMA");
  }
  // An option would write files or run programs, and `commit:path` would show a file that the call does not name.
  if (ref !== undefined && !/^[^-\s:\\?*[][^\s:\\?*[\p{Cc}]*$/u.test(ref)) {
    throw new ToolError(`${JSON.stringify(ref)} is no commit, branch or range such as main..HEAD.`, "E_SCHEMA");
  }
}

async function targetsOf(
  place: ResolvedPath | undefined,
  folders: readonly { readonly path: string }[],
): Promise<PreparedCall["targets"]> {
  if (place === undefined) return folders.map(({ path }) => ({ path }));
  return [{ path: place.path, access: "read", canonical: await expectedPath(place.path) }];
}

function detailsOf({ ref, staged }: ChangesInput, place: ResolvedPath | undefined) {
  return [
    ...(place === undefined ? [] : [{ label: t("In"), value: place.path }]),
    ...(ref === undefined ? [] : [{ label: t("Compared with"), value: ref }]),
    ...(staged === true ? [{ label: t("Of"), value: t("what is staged") }] : []),
  ];
}

interface Chosen extends ChangesPorts {
  readonly repository: Repository;
  readonly place: ResolvedPath | undefined;
}

async function answer(asked: ChangesInput, chosen: Chosen): Promise<ToolSuccess> {
  const { repository, place, guard, workspace } = chosen;
  const folders = workspace.folders();
  const name = repositoryName(repository.root, folders);
  switch (asked.kind) {
    case "status":
      return describeStatus(await repository.status(), {
        name,
        folders,
        places: await withRealPaths(placesIn(repository, place, folders)),
      });
    case "diff":
      return diff(asked, chosen);
    case "log": {
      const maxEntries = asked.maxEntries ?? DEFAULT_COMMITS;
      return describeLog(await repository.log({ path: place?.path, maxEntries }), place?.shown ?? name);
    }
    case "blame": {
      if (place === undefined) throw new ToolError("blame needs the path of a file.", "E_SCHEMA");
      const start = asked.startLine ?? 1;
      const range = { start, end: asked.endLine ?? start + DEFAULT_LINES - 1 };
      const mask = (text: string): string => guard.mask(text, place.path);
      return describeBlame(await repository.blame(place.path), range, { shown: place.shown, mask });
    }
  }
}

async function diff({ staged = false, ref }: ChangesInput, chosen: Chosen): Promise<ToolSuccess> {
  const { repository, place, guard, workspace } = chosen;
  const folders = workspace.folders();
  const places = placesIn(repository, place, folders);
  const patches: string[] = [];
  for (const path of places) patches.push(await repository.diff({ path, staged, ref }));
  const what = staged ? "staged changes" : "changes";
  const against = ref === undefined ? "" : ` against ${ref}`;
  const shown = place?.shown ?? repositoryName(repository.root, folders);
  return describeDiff({
    patch: patches.join(""),
    root: repository.root,
    places: await withRealPaths(places),
    approved: place?.path,
    guard,
    folders,
    subject: `${what} of ${shown}${against}`,
    title: titleOf({ staged, ref }, shown),
    remarks: staged || ref !== undefined ? [] : ["what is staged or untracked is not in it"],
  });
}

function titleOf({ staged, ref }: Pick<ChangesInput, "staged" | "ref">, shown: string): string {
  if (ref === undefined)
    return staged === true ? t("Got staged changes of {0}", shown) : t("Got changes of {0}", shown);
  return staged === true
    ? t("Got staged changes of {0} against {1}", shown, ref)
    : t("Got changes of {0} against {1}", shown, ref);
}
