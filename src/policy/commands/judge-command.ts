import { t } from "../../protocol/localize.ts";
import type { ArgumentCheck } from "./argument-check.ts";
import { checkArguments } from "./check-arguments.ts";
import type { JudgedCommand, TouchedPath } from "./command-facts.ts";
import { programInGitConfig, type ReadText } from "./git-config-programs.ts";
import { type TableMatch, tableFor } from "./program-tables.ts";
import { type SimpleCommand, textsOf } from "./simple-command.ts";
import { type PathContext, touchedPaths } from "./touched-paths.ts";

export interface JudgeContext extends PathContext {
  readonly readText: ReadText;
}

export interface CommandJudgement {
  readonly command: JudgedCommand;
  readonly paths: readonly TouchedPath[];
}

/** Whether a command's words are on its program's list and what they name may be read; resolves what it touches. */
export async function judgeCommand(
  command: SimpleCommand,
  line: string,
  context: JudgeContext,
): Promise<CommandJudgement> {
  const match = tableFor(command.words);
  const check = match === undefined ? undefined : checkArguments(match.table, match.rest);
  const { paths, problem } = await touchedPaths(command, check, context);
  const reason = check?.kind === "safe" ? (problem ?? (await gitProblem(match, context))) : undefined;
  const refused: ArgumentCheck | undefined =
    reason === undefined ? undefined : { kind: "refused", reason, position: command.start };
  return {
    command: {
      ...unjudged(command, line),
      table: match?.name,
      plainWords: plainWords(command, match),
      check: refused ?? check,
    },
    paths,
  };
}

/** A command of which nothing is known but its words. */
export function unjudged(command: SimpleCommand, line: string): JudgedCommand {
  const text = command.isNested ? textsOf(command).join(" ") : line.slice(command.start, command.end);
  return { ...command, text, table: undefined, plainWords: textsOf(command), check: undefined };
}

/** `git --no-pager log -1` is judged as `git log -1`. */
function plainWords(command: SimpleCommand, match: TableMatch | undefined): readonly string[] {
  if (match === undefined) return textsOf(command);
  return [...match.name.split(" "), ...match.rest.map(({ text }) => text)];
}

async function gitProblem(match: TableMatch | undefined, context: JudgeContext): Promise<string | undefined> {
  const subcommand = match?.table.program === "git" ? match.table.subcommand : undefined;
  if (subcommand === undefined || subcommand === "--version") return undefined;
  const setting = await programInGitConfig(subcommand, context.cwd, context.readText);
  return setting === undefined ? undefined : t("the repository's configuration may run a program ({0})", setting);
}
