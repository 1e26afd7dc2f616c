import { basename } from "node:path";
import { ToolError } from "../../agent/tool.ts";
import { withRealPaths } from "../changes/choose-repository.ts";
import { describeDiff } from "../changes/describe-diff.ts";
import type { ChangedFile, Repository, RepositoryStatus } from "../changes/repositories.ts";
import type { FilesGuard } from "../files-guard.ts";
import { showPath } from "../resolve-path.ts";
import { RESULT_SIZE } from "../result-size.ts";
import { cutLines } from "../results/cut-lines.ts";
import { LineWrap } from "../results/line-wrap.ts";

const mostSubjects = 12;
const mostNewFiles = 100;

/** What a commit would hold, as a model may read it. */
export interface CommitChanges {
  /** What is staged, or else everything that is changed. */
  readonly isStaged: boolean;
  readonly text: string;
  /** First lines of the last commits' messages, newest first. */
  readonly subjects: readonly string[];
}

/** Secrets are masked, files of keys and ignored ones named without their text, and it is cut where it is long. Throws a `ToolError`. */
export async function commitChanges(repository: Repository, guard: FilesGuard): Promise<CommitChanges> {
  const { root } = repository;
  const status = await repository.status();
  const isStaged = status.staged.length > 0;
  if (!isStaged && changedFiles(status).length === 0) throw new ToolError("There is nothing to commit.");
  const patch = await repository.diff({ path: root, staged: isStaged, ref: undefined });
  const folders = [{ name: basename(root), path: root }];
  const described = await describeDiff({
    patch,
    root,
    places: await withRealPaths([root]),
    approved: root,
    guard,
    folders,
    subject: isStaged ? "what is staged" : "what is changed",
    title: "",
    remarks: [],
  });
  const news = isStaged ? [] : status.untracked.map(({ path }) => showPath(path, folders));
  const difference = described.content.map(({ text = "" }) => text).join("\n");
  // A line is never so long that nothing of it is left.
  const shown = cutLines(new LineWrap().push(difference).split("\n"), RESULT_SIZE);
  return { isStaged, text: [shown, ...listNew(news)].join("\n\n"), subjects: await lastSubjects(repository) };
}

function changedFiles({ merge, unstaged, untracked }: RepositoryStatus): readonly ChangedFile[] {
  return [...merge, ...unstaged, ...untracked];
}

function listNew(files: readonly string[]): readonly string[] {
  if (files.length === 0) return [];
  const more = files.length > mostNewFiles ? [`and ${files.length - mostNewFiles} more`] : [];
  return [`New files, without their text:\n${[...files.slice(0, mostNewFiles), ...more].join("\n")}`];
}

/** None where there is no commit yet. */
async function lastSubjects(repository: Repository): Promise<readonly string[]> {
  try {
    const commits = await repository.log({ path: undefined, maxEntries: mostSubjects });
    return commits.map(({ message }) => message.split("\n", 1)[0] ?? "").filter((subject) => subject.trim() !== "");
  } catch (error) {
    if (error instanceof ToolError) return [];
    throw error;
  }
}
