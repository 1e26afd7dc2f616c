import { t } from "../../protocol/localize.ts";
import type { CommandFacts, JudgedCommand } from "../commands/command-facts.ts";
import { changesShell, isInterpreter, programName, programsOf } from "../commands/program-kinds.ts";
import { textsOf } from "../commands/simple-command.ts";
import type { KeptRule, RuleSpec } from "./rule.ts";

/** Whether a rule still holds on a day. */
export function isInForce({ rule: { until } }: KeptRule, now: Date): boolean {
  return until === undefined || now.toISOString().slice(0, 10) <= until;
}

export type AllowMatch =
  | { readonly kind: "match" }
  /** `isNear` = it is about this command, and the reason says what keeps it from covering it. */
  | { readonly kind: "no-match"; readonly isNear: boolean; readonly reason: string };

const matched: AllowMatch = { kind: "match" };

function missed(isNear: boolean, reason: string): AllowMatch {
  return { kind: "no-match", isNear, reason };
}

/** Whether an `allow` rule covers a whole line that is understood. */
export function allowsLine({ rule: { spec }, shell }: KeptRule, facts: CommandFacts): AllowMatch {
  if (spec.kind !== "exact" || spec.text !== facts.line) return missed(false, t("it is about another line"));
  return shellMismatch(shell, facts) ?? scriptMismatch(spec, facts) ?? matched;
}

/** Whether an `allow` rule covers one command of a line that is understood. */
export function allowsCommand(
  { rule: { spec }, shell }: KeptRule,
  command: JudgedCommand,
  facts: CommandFacts,
): AllowMatch {
  const fit = spec.kind === "prefix" ? fitsPrefix(spec.words, command) : fitsExactly(spec, command);
  if (fit.kind === "no-match") return fit;
  return shellMismatch(shell, facts) ?? scriptMismatch(spec, facts) ?? matched;
}

function fitsPrefix(words: readonly string[], command: JudgedCommand): AllowMatch {
  if (command.isNested || !words.every((word, index) => command.plainWords[index] === word)) {
    return missed(false, t("it is about another command"));
  }
  const { check } = command;
  if (check === undefined)
    return missed(true, t("there is no list of safe words for {0}", command.plainWords.slice(0, 2).join(" ")));
  return check.kind === "safe" ? matched : missed(true, check.reason);
}

/** An exact rule covers a part of a line only where the rest of it cannot change what the part does. */
function fitsExactly(spec: RuleSpec, command: JudgedCommand): AllowMatch {
  if (spec.kind !== "exact" || spec.text !== command.text) return missed(false, t("it is about another command"));
  if (command.isNested || command.isPipedInto)
    return missed(true, t("it covers the command on its own, not in a pipe"));
  const program = programName(command.words[0]?.text ?? "");
  if (changesShell(program)) return missed(true, t("{0} changes what the rest of the line does", program));
  return matched;
}

function shellMismatch(shell: string | undefined, facts: CommandFacts): AllowMatch | undefined {
  if (shell === undefined || shell === facts.shell) return undefined;
  return missed(true, t("it was made for {0}, the shell is {1}", shell, facts.shell));
}

function scriptMismatch(spec: RuleSpec, { script }: CommandFacts): AllowMatch | undefined {
  if (spec.kind !== "exact" || spec.script === undefined || spec.script === script?.sha256) return undefined;
  return missed(
    true,
    script === undefined ? t("the script is not there") : t("the script {0} has changed", script.name),
  );
}

/**
 * Whether a rule that asks or denies is about a line: any of its commands, however the program is named (folder, quotes,
 * letter case), behind programs that run others, and with flags between the words.
 */
export function restrictsLine(spec: RuleSpec, facts: CommandFacts): boolean {
  switch (spec.kind) {
    case "exact":
      return spec.text.trim() === facts.line.trim() || facts.commands.some((command) => isLike(spec.text, command));
    case "prefix":
      return facts.commands.some((command) => isBehind(spec.words, command));
    case "task":
    case "glob":
    case "request":
    case "foreign":
      return false;
  }
}

/** The same words, however they are spaced and quoted and wherever the program is. */
function isLike(text: string, command: JudgedCommand): boolean {
  const plain = ([program = "", ...more]: readonly string[]): string => [programName(program), ...more].join(" ");
  return command.text === text.trim() || plain(text.trim().split(/\s+/)) === plain(textsOf(command));
}

function isBehind(words: readonly string[], command: JudgedCommand): boolean {
  const [program = "", ...more] = words;
  const wanted = programName(program);
  const own = programsOf(command).some(({ name, rest }) => name === wanted && followsIn(more, rest));
  return own || (isInterpreter(programName(textsOf(command)[0] ?? "")) && isInText(words, command));
}

/** Whether the words come in this order, with nothing between them but flags and what flags take. */
function followsIn(wanted: readonly string[], texts: readonly string[]): boolean {
  const [next, ...more] = wanted;
  if (next === undefined) return true;
  return texts.some(
    (text, index) =>
      text === next && (index === 0 || texts[0]?.startsWith("-") === true) && followsIn(more, texts.slice(index + 1)),
  );
}

/** Whether an interpreter is given the words in a text. */
function isInText(words: readonly string[], command: JudgedCommand): boolean {
  const letters = (text: string): string =>
    ` ${text
      .toLowerCase()
      .split(/[^\w.+-]+/)
      .join(" ")} `;
  return textsOf(command)
    .slice(1)
    .some((text) => letters(text).includes(letters(words.join(" "))));
}
