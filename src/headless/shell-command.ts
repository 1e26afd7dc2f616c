import { isAbsolute } from "node:path";
import type { TaskWord } from "./tasks-json-schema.ts";

/** A program to start, with its arguments as the program gets them. */
export interface ProgramCall {
  readonly program: string;
  readonly parameters: readonly string[];
  /** Windows' cmd.exe takes its line as it is. */
  readonly verbatim: boolean;
}

export interface ShellChoice {
  readonly executable?: string | undefined;
  readonly args?: readonly string[] | undefined;
}

/** One line for the shell. A plain word is quoted only when it holds a blank, as VS Code does, so that `$HOME` and `&&` work. */
export function shellLine(
  command: TaskWord,
  words: readonly TaskWord[],
  platform: NodeJS.Platform = process.platform,
): string {
  // A command without arguments is a whole line already.
  const first = typeof command === "string" && words.length === 0 ? command : quoteWord(command, platform);
  return [first, ...words.map((word) => quoteWord(word, platform))].join(" ");
}

/** The call of the shell that runs the line: the task's own, else the user's, else the system's. */
export function shellCall(
  line: string,
  shell: ShellChoice = {},
  platform: NodeJS.Platform = process.platform,
): ProgramCall {
  if (platform === "win32" && shell.executable === undefined) {
    return {
      program: process.env["ComSpec"] ?? "cmd.exe",
      parameters: ["/d", "/s", "/c", `"${line}"`],
      verbatim: true,
    };
  }
  const own = process.env["SHELL"] ?? "";
  const usual = isAbsolute(own) ? own : "/bin/sh";
  return { program: shell.executable ?? usual, parameters: [...(shell.args ?? ["-c"]), line], verbatim: false };
}

function quoteWord(word: TaskWord, platform: NodeJS.Platform): string {
  const { value, quoting } =
    typeof word === "string" ? { value: word, quoting: /\s/.test(word) ? ("strong" as const) : undefined } : word;
  if (quoting === undefined || value === "") return value;
  return platform === "win32" ? quoteForCmd(value) : quoteForPosix(value, quoting);
}

function quoteForPosix(value: string, quoting: "escape" | "strong" | "weak"): string {
  switch (quoting) {
    case "escape":
      return value.replace(/[^\w@%+=:,./-]/g, "\\$&");
    case "strong":
      return `'${value.replaceAll("'", "'\\''")}'`;
    case "weak":
      return `"${value.replace(/["\\]/g, "\\$&")}"`;
  }
}

function quoteForCmd(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
