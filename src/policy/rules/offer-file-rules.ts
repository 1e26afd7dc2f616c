import { dirname } from "node:path/posix";
import { t } from "../../protocol/localize.ts";
import type { TaskIdentity } from "./judge-file-rules.ts";
import type { Rule } from "./rule.ts";

/** Rules for files, each with what it covers in words. */
export interface FileRuleOffer {
  readonly label: string;
  readonly rules: readonly Rule[];
}

/** Both tools that change files: who lets one edit a folder lets the other. */
export const editTools = ["edit_file", "write_file"] as const;

/** `until`: their last day. For a change of an ordinary file, the narrowest first: this file, its folder, all of the workspace. */
export function offerFileRules(paths: readonly string[], until: string): readonly FileRuleOffer[] {
  const folders = new Set(paths.map((path) => dirname(path)));
  const [folder, ...others] = folders;
  const one = paths.length === 1 ? t("edits of {0}", paths[0] ?? "") : t("edits of these {0} files", paths.length);
  const below =
    folder === undefined || folder === "." || others.length > 0
      ? []
      : [offer(t("edits below {0}", folder), [`${folder}/**`], until)];
  return [offer(one, paths, until), ...below, offer(t("edits of ordinary files in this workspace"), ["**"], until)];
}

function offer(label: string, patterns: readonly string[], until: string): FileRuleOffer {
  const rules = patterns.flatMap((pattern) =>
    editTools.map(
      (tool): Rule => ({ effect: "allow", tool, spec: { kind: "glob", pattern: escapeGlob(pattern) }, until }),
    ),
  );
  return { label, rules };
}

/** A file's own name is no pattern; the stars that were put behind a folder are. */
function escapeGlob(pattern: string): string {
  const stars = /(^|\/)\*\*$/.exec(pattern)?.[0] ?? "";
  return pattern.slice(0, pattern.length - stars.length).replace(/[\\*?[\]{}!#]/g, "\\$&") + stars;
}

export function offerTaskRule({ label, definition }: TaskIdentity, until: string): FileRuleOffer {
  const rule: Rule = { effect: "allow", tool: "run_task", spec: { kind: "task", label, definition }, until };
  return { label: t('the task "{0}" as it is now', label), rules: [rule] };
}
