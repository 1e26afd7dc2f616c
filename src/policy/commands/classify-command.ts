import { sep } from "node:path";
import { t } from "../../protocol/localize.ts";
import type { CommandFacts, JudgedCommand, TouchedPath } from "./command-facts.ts";
import { labelsOf } from "./command-labels.ts";
import { destinationsOf } from "./destinations.ts";
import { withGivenLines } from "./given-lines.ts";
import { type JudgeContext, judgeCommand, unjudged } from "./judge-command.ts";
import { programName } from "./program-kinds.ts";
import { readLine, type Understanding } from "./read-line.ts";
import { readScript, type ScriptFacts, scriptNameOf } from "./script-facts.ts";
import type { ShellParser } from "./shell-parser.ts";
import { type SimpleCommand, textsOf } from "./simple-command.ts";

export interface CommandContext extends JudgeContext {
  /** Undefined where it could not be loaded: then no line is understood. */
  readonly parser: ShellParser | undefined;
  /** The program that will read the line, by name or path. */
  readonly shell: string;
}

/** Shells that read a line of the strict grammar as it is read here. */
const posixShells: ReadonlySet<string> = new Set(["sh", "bash", "dash", "zsh"]);

/** Everything that rules and the card need to know of a command line. Nothing is run; it never rejects. */
export async function classifyCommand(line: string, context: CommandContext): Promise<CommandFacts> {
  const { cwd, parser } = context;
  const shell = programName(context.shell);
  const found = readWith(parser, line);
  const judged = await judgeAll(found.commands, line, context);
  const understanding = understandingOf(shell, found.understanding, judged.problem);
  const destinations = [...new Set(found.commands.flatMap(destinationsOf))];
  const labels = labelsOf({
    line,
    isUnderstood: understanding.kind === "understood",
    commands: found.commands,
    paths: judged.paths,
    reachesNetwork: destinations.length > 0,
  });
  const facts = {
    line,
    shell,
    cwd,
    understanding,
    commands: judged.commands,
    labels,
    destinations,
    paths: judged.paths,
  };
  return judged.script === undefined ? facts : { ...facts, script: judged.script };
}

function readWith(parser: ShellParser | undefined, line: string) {
  if (parser === undefined) return { understanding: not(t("the shell parser is not there")), commands: [] };
  const { understanding, commands } = readLine(line, parser);
  return { understanding, commands: withGivenLines(commands, parser) };
}

function understandingOf(shell: string, read: Understanding, problem: string | undefined): Understanding {
  if (!posixShells.has(shell)) return not(t("the shell is {0}, whose lines are not read", shell));
  return read.kind === "understood" && problem !== undefined ? not(problem) : read;
}

function not(reason: string): Understanding {
  return { kind: "not-understood", reason, position: 0 };
}

interface JudgedLine {
  readonly commands: readonly JudgedCommand[];
  readonly paths: readonly TouchedPath[];
  readonly script?: ScriptFacts;
  /** Why no rule can cover the line. */
  readonly problem?: string;
}

async function judgeAll(found: readonly SimpleCommand[], line: string, context: CommandContext): Promise<JudgedLine> {
  const commands: JudgedCommand[] = [];
  const paths: TouchedPath[] = [];
  const problems: string[] = [];
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    await work().catch((error: unknown) => problems.push(error instanceof Error ? error.message : String(error)));
  };
  const { cwd } = context;
  await attempt(async () => {
    paths.push({ text: cwd, access: "read", pathClass: await context.classifyPath(cwd) });
  });
  for (const command of found) {
    await attempt(async () => {
      const judged = await judgeCommand(command, line, context);
      commands.push(judged.command);
      paths.push(...judged.paths);
    });
  }
  let script: ScriptFacts | undefined;
  await attempt(async () => {
    script = await scriptOf(commands, context);
  });
  const [problem] = problems;
  return {
    commands: problems.length > 0 ? found.map((command) => unjudged(command, line)) : commands,
    paths,
    ...(script === undefined ? {} : { script }),
    ...(problem === undefined ? {} : { problem: t("what it touches cannot be resolved ({0})", problem) }),
  };
}

async function scriptOf(commands: readonly JudgedCommand[], context: CommandContext): Promise<ScriptFacts | undefined> {
  const [command, ...more] = commands;
  const name = command === undefined || more.length > 0 ? undefined : scriptNameOf(textsOf(command));
  if (name === undefined) return undefined;
  const { cwd, folders, readText } = context;
  const top = folders.find((folder) => cwd === folder || cwd.startsWith(folder + sep)) ?? cwd;
  return readScript(name, { folder: cwd, top, readText });
}
