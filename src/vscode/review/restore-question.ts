import { formatNumber, t } from "../../protocol/localize.ts";
import type { RestorePlan } from "../../tools/checkpoints/restore-files.ts";
import { showPath } from "../../tools/resolve-path.ts";
import type { WorkspaceFolder } from "../../tools/workspace.ts";

/** Of more files a dialog says how many. */
const MOST_NAMED = 12;

/** What a restore does to files, for a dialog: what is changed, what of it is somebody else's work, what stays. */
export function describePlan(
  { files, changedSince, notKept, blocked }: RestorePlan,
  folders: readonly WorkspaceFolder[],
): string {
  const ours = [...files.keys()].filter((path) => !changedSince.includes(path));
  const removed = ours.filter((path) => files.get(path)?.kind === "missing");
  const written = ours.filter((path) => files.get(path)?.kind !== "missing");
  return [
    list(t("Will be restored:"), written, folders),
    list(t("Will be deleted, because they did not exist then:"), removed, folders),
    list(t("⚠ Changed since by you or another program; those changes will be lost:"), changedSince, folders),
    list(
      t("Will stay as they are, because what they were is not kept (too large, or named as files with secrets):"),
      notKept,
      folders,
    ),
    list(t("Will stay as they are, because a folder or a link is in their place now:"), blocked, folders),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function list(title: string, paths: readonly string[], folders: readonly WorkspaceFolder[]): string {
  if (paths.length === 0) return "";
  const named = paths.slice(0, MOST_NAMED).map((path) => `  ${showPath(path, folders)}`);
  const more = paths.length - named.length;
  return [title, ...named, ...(more > 0 ? [`  ${t("and {0} more", formatNumber(more))}`] : [])].join("\n");
}

/** Whether a plan loses somebody's work, or leaves something undone. */
export function needsQuestion({ changedSince, notKept, blocked }: RestorePlan): boolean {
  return changedSince.length + notKept.length + blocked.length > 0;
}

/** Whether a plan does something that was not shown with an earlier one. */
export function goesFurther(plan: RestorePlan, shown: RestorePlan): boolean {
  const isNew = (path: string): boolean => !shown.files.has(path);
  return [...plan.files.keys()].some(isNew) || plan.changedSince.some((path) => !shown.changedSince.includes(path));
}
