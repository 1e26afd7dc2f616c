import { t, text } from "../../protocol/localize.ts";
import type { CommandFacts, JudgedCommand } from "../commands/command-facts.ts";
import type { CommandLabel } from "../commands/command-label.ts";
import { type AllowMatch, allowsCommand, allowsLine, isInForce, restrictsLine } from "./match-rule.ts";
import type { KeptRule } from "./rule.ts";

export type RuleJudgement =
  /** The rules that cover the line together, each once. */
  | { readonly kind: "allow"; readonly rules: readonly KeptRule[] }
  /** `rule` asks, or is the one that comes nearest to covering the line. */
  | { readonly kind: "ask"; readonly reason: string; readonly rule?: KeptRule }
  | { readonly kind: "deny"; readonly reason: string; readonly rule: KeptRule };

/** Floors: what no rule covers, with the reason on the card. */
const alwaysAsked: readonly (readonly [CommandLabel, string])[] = [
  [text("outside workspace"), text("It touches what is outside the workspace.")],
  [text("protected file"), text("It may change a protected file.")],
  [text("secret file"), text("It touches secret values.")],
  [text("ignored file"), text("It touches what the ignore file lists.")],
  ["network", text("It reaches the network.")],
  [text("runs with privileges"), text("It runs with more rights than yours.")],
  [text("hidden characters"), text("It holds characters that cannot be seen.")],
  ["background", text("It starts something that goes on by itself.")],
];

/** What the rules say of a command line, deny over ask over allow. Without a rule that covers it, the answer is to ask. */
export function judgeRules(rules: readonly KeptRule[], facts: CommandFacts, now: Date): RuleJudgement {
  const held = rules.filter((kept) => kept.rule.tool === "run_command" && isInForce(kept, now));
  const restricting = held.filter(({ rule }) => rule.effect !== "allow" && restrictsLine(rule.spec, facts));
  const denying = restricting.find(({ rule }) => rule.effect === "deny");
  if (denying !== undefined) return { kind: "deny", reason: "A rule denies it.", rule: denying };
  const asking = restricting.find(({ rule }) => rule.effect === "ask");
  if (asking !== undefined) return { kind: "ask", reason: t("A rule asks."), rule: asking };
  const floor = floorOf(facts);
  if (floor !== undefined) return { kind: "ask", reason: floor };
  return judgeAllowing(
    held.filter(({ rule }) => rule.effect === "allow"),
    facts,
  );
}

/** Why no rule may cover a line; undefined = one may. */
export function floorOf({ labels, understanding }: CommandFacts): string | undefined {
  const label = alwaysAsked.find(([each]) => labels.includes(each));
  if (label !== undefined) return t(label[1]);
  if (understanding.kind === "understood") return undefined;
  return t("Rules cover only lines that are fully understood: {0}.", understanding.reason);
}

function judgeAllowing(rules: readonly KeptRule[], facts: CommandFacts): RuleJudgement {
  const nearest: Nearest[] = [];
  const whole = firstMatch(rules, (rule) => allowsLine(rule, facts), nearest);
  if (whole !== undefined) return { kind: "allow", rules: [whole] };
  const covering: KeptRule[] = [];
  for (const command of facts.commands) {
    const one = firstMatch(rules, (rule) => allowsCommand(rule, command, facts), nearest);
    if (one === undefined) return ask(command, facts, nearest);
    covering.push(one);
  }
  return { kind: "allow", rules: [...new Set(covering)] };
}

interface Nearest {
  readonly rule: KeptRule;
  readonly reason: string;
}

function firstMatch(
  rules: readonly KeptRule[],
  test: (rule: KeptRule) => AllowMatch,
  nearest: Nearest[],
): KeptRule | undefined {
  return rules.find((rule) => {
    const match = test(rule);
    if (match.kind === "no-match" && match.isNear) nearest.push({ rule, reason: match.reason });
    return match.kind === "match";
  });
}

function ask({ text }: JudgedCommand, { commands }: CommandFacts, [near]: readonly Nearest[]): RuleJudgement {
  const part = commands.length > 1 ? JSON.stringify(text) : undefined;
  if (near === undefined) {
    return {
      kind: "ask",
      reason: part === undefined ? t("No rule allows it.") : t("No rule allows its part {0}.", part),
    };
  }
  const reason =
    part === undefined
      ? t("The nearest rule does not cover it: {0}.", near.reason)
      : t("The nearest rule does not cover its part {0}: {1}.", part, near.reason);
  return { kind: "ask", reason, rule: near.rule };
}
