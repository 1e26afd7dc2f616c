import * as vscode from "vscode";
import * as z from "zod";
import { ToolError } from "../../agent/tool.ts";
import { untilAborted } from "../../agent/until-aborted.ts";
import type { ChangedFile, DiffQuestion, Repositories, Repository } from "../../tools/changes/repositories.ts";
import type { GitApi, GitChange, GitExtension, GitRepository } from "./git-extension.ts";

const START_SECONDS = 15;

/** git.d.ts's enum Status, in its order, in the words of `git status`. */
const statuses = [
  ...["modified", "added", "deleted", "renamed", "copied"],
  ...["modified", "deleted", "untracked", "ignored", "added (intent)", "renamed (intent)", "type changed"],
  ...["added by us", "added by them", "deleted by us", "deleted by them"],
  ...["both added", "both deleted", "both modified"],
];
const UNTRACKED = statuses.indexOf("untracked");

/** The repositories of VS Code's git extension, which runs git itself. */
export class EditorRepositories implements Repositories {
  async list(signal: AbortSignal): Promise<readonly Repository[]> {
    const api = await gitApi(signal);
    return api.repositories.map(toRepository);
  }
}

/** When it has looked for repositories. Throws a `ToolError` where git cannot be used. */
export async function gitApi(signal: AbortSignal): Promise<GitApi> {
  const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
  if (extension === undefined) throw new ToolError("VS Code's git extension is disabled in this window.");
  const limit = AbortSignal.timeout(START_SECONDS * 1000);
  const either = AbortSignal.any([signal, limit]);
  try {
    const exports = await untilAborted(Promise.resolve(extension.activate()), either);
    if (!exports.enabled) throw new ToolError("Git is off: it is not installed, or the setting git.enabled is off.");
    const api = exports.getAPI(1);
    if (api.state === "uninitialized") await untilAborted(whenInitialized(api), either);
    return api;
  } catch (error) {
    signal.throwIfAborted();
    if (!limit.aborted) throw error;
    throw new ToolError(
      `VS Code's git extension was still starting after ${START_SECONDS} seconds. Try again in a moment.`,
    );
  }
}

/** When the repositories of the workspace have been looked for. */
function whenInitialized(api: GitApi): Promise<void> {
  return new Promise((resolve) => {
    const listener = api.onDidChangeState((state) => {
      if (state !== "initialized") return;
      listener.dispose();
      resolve();
    });
  });
}

export function toRepository(repository: GitRepository): Repository {
  const root = repository.rootUri.fsPath;
  // Git takes the folder itself only by its dot.
  const inside = (path: string): string => (path === root ? "." : path);
  return {
    root,
    status: () => named(async () => statusOf(repository)),
    diff: (question) => named(() => diffOf(repository, { ...question, path: inside(question.path) })),
    log: ({ path, maxEntries }) =>
      named(async () => {
        const commits = await repository.log({ maxEntries, ...(path !== undefined && { path: inside(path) }) });
        return commits.map(({ hash, message, authorName, authorDate }) => ({
          ...{ hash, message, author: authorName ?? "unknown", date: authorDate },
        }));
      }),
    blame: (path) => named(() => repository.blame(path)),
  };
}

async function statusOf(repository: GitRepository) {
  await repository.status();
  const { HEAD, mergeChanges, indexChanges, workingTreeChanges, untrackedChanges } = repository.state;
  const upstream = HEAD?.upstream;
  const isUntracked = ({ status }: GitChange): boolean => status === UNTRACKED;
  return {
    branch: HEAD?.name,
    upstream:
      upstream === undefined
        ? undefined
        : { name: `${upstream.remote}/${upstream.name}`, ahead: HEAD?.ahead ?? 0, behind: HEAD?.behind ?? 0 },
    merge: mergeChanges.map(toChangedFile),
    staged: indexChanges.map(toChangedFile),
    unstaged: workingTreeChanges.filter((change) => !isUntracked(change)).map(toChangedFile),
    // By the setting git.untrackedChanges they are listed apart or among the others.
    untracked: [...workingTreeChanges.filter(isUntracked), ...untrackedChanges].map(toChangedFile),
  };
}

function toChangedFile({ uri, originalUri, renameUri, status }: GitChange): ChangedFile {
  const path = (renameUri ?? uri).fsPath;
  return {
    path,
    status: statuses[status] ?? "changed",
    ...(originalUri.fsPath !== path && { from: originalUri.fsPath }),
  };
}

/** With a path, each gives a patch; `diffWithHEAD` is git's plain diff, against the index. */
function diffOf(repository: GitRepository, { path, staged, ref }: DiffQuestion): Promise<string> {
  if (staged) return ref === undefined ? repository.diffIndexWithHEAD(path) : repository.diffIndexWith(ref, path);
  return ref === undefined ? repository.diffWithHEAD(path) : repository.diffWith(ref, path);
}

const gitError = z.object({ stderr: z.string().optional(), message: z.string() });

/** Git's own first line says what is wrong. */
async function named<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { stderr, message } = gitError.parse(error);
    const [first = message] = (stderr ?? "").split("\n").filter((line) => line.trim() !== "");
    if (/does not have any commits yet|bad default revision/.test(first)) {
      throw new ToolError("The repository has no commits yet.");
    }
    throw new ToolError(`Git could not answer: ${first.replace(/^fatal: /u, "")}`);
  }
}
