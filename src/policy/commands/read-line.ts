import { t } from "../../protocol/localize.ts";
import type { ShellNode, ShellParser } from "./shell-parser.ts";
import { type SimpleCommand, textsOf } from "./simple-command.ts";
import { readStrictLine } from "./strict-line.ts";
import { commandsOfTree } from "./tree-commands.ts";

export type Understanding =
  | { readonly kind: "understood" }
  /** The first reason in plain words, with its offset into the line in UTF-16 units. */
  | { readonly kind: "not-understood"; readonly reason: string; readonly position: number };

export interface LineReading {
  readonly understanding: Understanding;
  /** All that were found; complete only where the line is understood. */
  readonly commands: readonly SimpleCommand[];
}

/** A line that rules may cover has at most this many characters (UTF-16 units) and commands. */
const longestLine = 4_096;
const mostCommands = 20;

/**
 * Reads a line twice, by the parser and by the strict grammar. It is understood only where both see the same words in
 * the same commands; an exception, an error or a difference is a reason to ask.
 */
export function readLine(line: string, parser: ShellParser): LineReading {
  if (line.trim() === "") return notUnderstood([], t("it is empty"), 0);
  const parsed = parser.parse(line);
  if (parsed.kind === "unparsed") return notUnderstood([], parsed.reason, 0);
  const commands = commandsIn(parsed.root, line, parser);
  const strict = readStrictLine(line);
  if (strict.kind === "not-strict") return notUnderstood(commands, strict.reason, strict.position);
  if (parsed.hasError) return notUnderstood(commands, t("it is not a complete command line"), 0);
  if (!isSame(commands, strict.commands)) return notUnderstood(commands, t("it can be read in two ways"), 0);
  if (line.length > longestLine) return notUnderstood(commands, t("it is longer than {0} characters", longestLine), 0);
  if (strict.commands.length > mostCommands) {
    const position = strict.commands[mostCommands]?.start ?? 0;
    return notUnderstood(commands, t("it has more than {0} commands", mostCommands), position);
  }
  return { understanding: { kind: "understood" }, commands: strict.commands };
}

/** A backslash at the end of a line joins it to the next one, also inside a word, where the parser sees two. */
function commandsIn(root: ShellNode, line: string, parser: ShellParser): readonly SimpleCommand[] {
  const joined = line.replaceAll(/\\\r?\n/g, "");
  const parsed = joined === line ? undefined : parser.parse(joined);
  const more = parsed?.kind === "parsed" ? commandsOfTree(parsed.root, joined) : [];
  return [...commandsOfTree(root, line), ...more];
}

function notUnderstood(commands: readonly SimpleCommand[], reason: string, position: number): LineReading {
  return { understanding: { kind: "not-understood", reason, position }, commands };
}

function isSame(one: readonly SimpleCommand[], other: readonly SimpleCommand[]): boolean {
  const words = (commands: readonly SimpleCommand[]): string =>
    JSON.stringify(commands.map((command) => [textsOf(command), command.isPipedInto, command.isNested]));
  return words(one) === words(other);
}
