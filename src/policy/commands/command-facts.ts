import type { PathClass } from "../paths/path-class.ts";
import type { ArgumentCheck } from "./argument-check.ts";
import type { CommandLabel } from "./command-label.ts";
import type { Understanding } from "./read-line.ts";
import type { ScriptFacts } from "./script-facts.ts";
import type { SimpleCommand } from "./simple-command.ts";

export interface CommandFacts {
  readonly line: string;
  /** Name of the program that reads the line: `bash`, `zsh`, `powershell`. */
  readonly shell: string;
  /** Where it runs, an absolute path. */
  readonly cwd: string;
  readonly understanding: Understanding;
  /** In the order of the text; complete only where the line is understood. */
  readonly commands: readonly JudgedCommand[];
  readonly labels: readonly CommandLabel[];
  /** Hosts in punycode, or `unknown destination`; empty = nothing says that it reaches the network. */
  readonly destinations: readonly string[];
  /** What the line's words and redirections name. */
  readonly paths: readonly TouchedPath[];
  /** The line runs a script of a package.json and nothing else. */
  readonly script?: ScriptFacts;
}

export interface JudgedCommand extends SimpleCommand {
  /** The command as written. */
  readonly text: string;
  /** Name of the table of safe words: `ls`, `git status`; undefined = there is none. */
  readonly table: string | undefined;
  /** The command without flags of git before the sub-command: what a prefix is compared with. */
  readonly plainWords: readonly string[];
  readonly check: ArgumentCheck | undefined;
}

export interface TouchedPath {
  /** As written. */
  readonly text: string;
  /** `unknown` = a program whose words are not on a list names it. */
  readonly access: "read" | "write" | "unknown";
  /** Of the path itself, or of the first thing below it that is withheld. */
  readonly pathClass: PathClass;
}
