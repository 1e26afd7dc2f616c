import type { CommandFacts, JudgedCommand } from "../commands/command-facts.ts";
import { changesShell, isInterpreter, programName, programsOf } from "../commands/program-kinds.ts";
import { floorOf } from "./judge-rules.ts";
import type { Rule } from "./rule.ts";

/** One choice on the card: the rules that "always allow" would make, all of them together. */
export interface RuleOffer {
  readonly kind: "line" | "parts";
  readonly rules: readonly Rule[];
}

const daysHeld = 30;

/** The last day, UTC, of a rule that is offered now. */
export function lastDay(now: Date): string {
  return new Date(now.getTime() + daysHeld * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The rules that the card may offer for a line, the narrowest first: the exact line, and one rule for each of its
 * parts. None for what rules never cover, for redirections, for programs that run other code, and for a line that
 * changes what the shell does.
 */
export function offerRules(facts: CommandFacts, now: Date): readonly RuleOffer[] {
  if (floorOf(facts) !== undefined) return [];
  const runsScript =
    facts.script !== undefined && facts.commands.every(({ redirections }) => redirections.length === 0);
  if (!runsScript && facts.commands.some(isNeverOffered)) return [];
  const until = lastDay(now);
  const line: RuleOffer = { kind: "line", rules: [exactRule(facts.line, until, facts.script?.sha256)] };
  const isInPipe = facts.commands.some((command) => command.isPipedInto && command.check?.kind !== "safe");
  if (runsScript || isInPipe) return [line];
  const parts = new Map(
    facts.commands.map((command) => partRule(command, until)).map((rule) => [JSON.stringify(rule), rule]),
  );
  const isSame = parts.has(JSON.stringify(line.rules[0]));
  return isSame && parts.size === 1 ? [line] : [line, { kind: "parts", rules: [...parts.values()] }];
}

function isNeverOffered(command: JudgedCommand): boolean {
  if (command.isNested || command.redirections.length > 0 || command.words.length === 0) return true;
  const { check } = command;
  if (check?.kind === "refused") return true;
  if (check?.kind === "safe") return false;
  return (
    !/^[A-Za-z0-9][\w.+-]*$/.test(command.words[0]?.text ?? "") ||
    changesShell(programName(command.words[0]?.text ?? "")) ||
    programsOf(command).some(({ name }) => isInterpreter(name))
  );
}

function exactRule(text: string, until: string, script: string | undefined): Rule {
  const spec = script === undefined ? { kind: "exact" as const, text } : { kind: "exact" as const, text, script };
  return { effect: "allow", tool: "run_command", spec, until };
}

function partRule(command: JudgedCommand, until: string): Rule {
  if (command.check?.kind !== "safe" || command.table === undefined) return exactRule(command.text, until, undefined);
  return { effect: "allow", tool: "run_command", spec: { kind: "prefix", words: command.table.split(" ") }, until };
}
