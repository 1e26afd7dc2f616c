import { ToolError } from "../agent/tool.ts";
import type { WorkspaceTask } from "./task-runner.ts";

/** Controls, line ends and what turns the direction or cannot be seen. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * The label as it is; else the one task that has it without its prefix (`npm: test` for `test`), without the number of a
 * label that two tasks share, or in other letter case. Throws a `ToolError` with E_SCHEMA where that is not exactly one.
 */
export function chooseTask(list: readonly WorkspaceTask[], label: string): WorkspaceTask {
  if (label.search(hidden) >= 0) {
    throw new ToolError(
      `${spellHidden(label)} is no label of a task: it holds characters that cannot be seen.`,
      "E_SCHEMA",
    );
  }
  const wanted = label.toLowerCase();
  const exact = list.filter((task) => task.label === label);
  const near = list.filter((task) => isNear(task.label.toLowerCase(), wanted));
  const [task, ...others] = exact.length > 0 ? exact : near;
  if (task === undefined) {
    const known = list.length === 0 ? "The workspace defines no tasks." : `The tasks are:\n${listTasks(list)}`;
    throw new ToolError(`There is no task "${label}". ${known}`, "E_SCHEMA");
  }
  if (others.length > 0) {
    const several = listTasks([task, ...others]);
    throw new ToolError(`"${label}" may be one of several tasks; give the whole label:\n${several}`, "E_SCHEMA");
  }
  return task;
}

/** One task a line, for the model. */
export function listTasks(list: readonly WorkspaceTask[]): string {
  return list
    .map(({ label, source, summary }) => `- ${spellHidden(label)} (${source}) ${spellHidden(summary)}`.trimEnd())
    .join("\n");
}

function isNear(candidate: string, wanted: string): boolean {
  return [candidate, candidate.replace(/ \(\d+\)$/, "")].some(
    (name) => name === wanted || name.endsWith(`: ${wanted}`) || name.endsWith(`/${wanted}`),
  );
}

/** A label is one line, whatever tasks.json says. */
function spellHidden(text: string): string {
  return text.replace(
    hidden,
    (found) => `⟦U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟧`,
  );
}
