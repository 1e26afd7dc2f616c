import type { RequestCall } from "../../agent/tool.ts";
import type { FileRuleJudgement } from "./judge-file-rules.ts";
import { isInForce } from "./match-rule.ts";
import type { KeptRule } from "./rule.ts";

export interface RequestQuestion {
  readonly tool: string;
  readonly request: RequestCall;
  readonly now: Date;
}

/**
 * What the rules say of a request, deny over ask over allow. A rule holds for a tool as long as its definition has this
 * method and address: whoever sends the tool elsewhere is asked again.
 */
export function judgeRequestRules(
  rules: readonly KeptRule[],
  { tool, request, now }: RequestQuestion,
): FileRuleJudgement {
  const held = rules.filter((kept) => kept.rule.tool === tool && isInForce(kept, now) && covers(kept, request));
  for (const effect of ["deny", "ask", "allow"] as const) {
    const rule = held.find((kept) => kept.rule.effect === effect);
    if (rule !== undefined) return { kind: effect, rules: [rule] };
  }
  return { kind: "none" };
}

function covers({ rule: { spec } }: KeptRule, { method, template }: RequestCall): boolean {
  return spec.kind === "request" && spec.method === method && spec.template === template;
}
