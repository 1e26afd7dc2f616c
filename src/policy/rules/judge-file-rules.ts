import ignore from "ignore";
import { isInForce } from "./match-rule.ts";
import type { KeptRule, RuleEffect } from "./rule.ts";

export type FileRuleJudgement =
  | { readonly kind: "none" }
  /** `rules`: those that cover the paths together. */
  | { readonly kind: RuleEffect; readonly rules: readonly KeptRule[] };

/**
 * What the rules say of a tool's files, deny over ask over allow. An `allow` must cover every path; one path is enough
 * for the others, and letter case does not save it. `paths` are relative to their folder of the workspace, with `/`.
 */
export function judgeFileRules(
  rules: readonly KeptRule[],
  { tool, paths, now }: { readonly tool: string; readonly paths: readonly string[]; readonly now: Date },
): FileRuleJudgement {
  const held = rules.filter((kept) => kept.rule.tool === tool && isInForce(kept, now));
  for (const effect of ["deny", "ask"] as const) {
    const rule = held.find((kept) => kept.rule.effect === effect && paths.some((path) => covers(kept, path)));
    if (rule !== undefined) return { kind: effect, rules: [rule] };
  }
  const allowing = held.filter(({ rule }) => rule.effect === "allow");
  const covering = paths.map((path) => allowing.find((kept) => covers(kept, path)));
  const all = covering.filter((kept) => kept !== undefined);
  return paths.length > 0 && all.length === paths.length
    ? { kind: "allow", rules: [...new Set(all)] }
    : { kind: "none" };
}

/** A glob has the form of a line of .gitignore that is anchored to the folder: a folder's name covers what is in it. */
function covers({ rule: { spec, effect } }: KeptRule, path: string): boolean {
  if (spec.kind !== "glob" || path === "" || path.startsWith("..")) return false;
  const pattern = `/${spec.pattern.replace(/^\.?\/+/, "")}`;
  return ignore({ ignorecase: effect !== "allow", allowRelativePaths: false })
    .add(pattern)
    .ignores(path);
}

export interface TaskIdentity {
  readonly label: string;
  /** SHA-256, hexadecimal, of all that will run. */
  readonly definition: string;
}

/** A task with the text that its digest is of. */
export interface TaskFacts extends TaskIdentity {
  readonly text: string;
}

export type TaskRuleJudgement =
  | FileRuleJudgement
  /** A rule allows a task of this label, whose definition has changed since. */
  | { readonly kind: "changed"; readonly rules: readonly KeptRule[] };

/** A rule that denies or asks holds for the label, whatever the task runs; one that allows holds for its definition. */
export function judgeTaskRules(
  rules: readonly KeptRule[],
  { task, now }: { readonly task: TaskIdentity; readonly now: Date },
): TaskRuleJudgement {
  const named = rules.filter(
    (kept) => kept.rule.spec.kind === "task" && kept.rule.spec.label === task.label && isInForce(kept, now),
  );
  for (const effect of ["deny", "ask"] as const) {
    const rule = named.find((kept) => kept.rule.effect === effect);
    if (rule !== undefined) return { kind: effect, rules: [rule] };
  }
  const isSame = ({ rule: { spec } }: KeptRule): boolean => spec.kind === "task" && spec.definition === task.definition;
  const allowing = named.find(isSame);
  if (allowing !== undefined) return { kind: "allow", rules: [allowing] };
  return named.length > 0 ? { kind: "changed", rules: named.slice(-1) } : { kind: "none" };
}
