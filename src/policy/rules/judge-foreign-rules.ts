import type { TaskRuleJudgement } from "./judge-file-rules.ts";
import { isInForce } from "./match-rule.ts";
import type { KeptRule } from "./rule.ts";

/** A tool of another extension or an MCP server. */
export interface ForeignFacts {
  readonly tool: string;
  /** SHA-256, hexadecimal, of its name, owner, description and schema. */
  readonly definition: string;
  /** What the digest is of. */
  readonly text: string;
}

/** A rule that denies or asks holds for the name, whatever the tool is; one that allows holds for its definition. */
export function judgeForeignRules(
  rules: readonly KeptRule[],
  { foreign, now }: { readonly foreign: ForeignFacts; readonly now: Date },
): TaskRuleJudgement {
  const named = rules.filter(
    (kept) => kept.rule.spec.kind === "foreign" && kept.rule.tool === foreign.tool && isInForce(kept, now),
  );
  for (const effect of ["deny", "ask"] as const) {
    const rule = named.find((kept) => kept.rule.effect === effect);
    if (rule !== undefined) return { kind: effect, rules: [rule] };
  }
  const isSame = ({ rule: { spec } }: KeptRule): boolean =>
    spec.kind === "foreign" && spec.definition === foreign.definition;
  const allowing = named.find(isSame);
  if (allowing !== undefined) return { kind: "allow", rules: [allowing] };
  return named.length > 0 ? { kind: "changed", rules: named.slice(-1) } : { kind: "none" };
}
