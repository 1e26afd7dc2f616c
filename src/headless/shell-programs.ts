import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import type { CommandCall } from "../agent/tool.ts";
import { expectedPath, staleError } from "../tools/open-no-follow.ts";
import type { ProgramOptions, ProgramRunner } from "../tools/program-runner.ts";
import { commandEnvironment, describeEnvironment, MARK_NAME } from "./command-environment.ts";
import { helperPins } from "./git-helpers.ts";
import { runProgram } from "./run-program.ts";
import type { ProgramCall } from "./shell-command.ts";

/** The system's shell, without start files; the same one for every command, so that rules know it. */
export class ShellPrograms implements ProgramRunner {
  readonly shell = systemShell();
  readonly #alsoAllowed: () => readonly string[];

  /** Names of further environment variables that the user lets through. */
  constructor(alsoAllowed: () => readonly string[] = () => []) {
    this.#alsoAllowed = alsoAllowed;
  }

  get environment(): string {
    return describeEnvironment(this.#alsoAllowed());
  }

  async run({ line, cwd, shell }: CommandCall, { withHooks, signal, output }: ProgramOptions): Promise<number> {
    await this.check({ cwd });
    const mark = randomUUID();
    const { platform, env: environment } = process;
    const alsoAllowed = this.#alsoAllowed();
    const options = { environment, platform, alsoAllowed, withHooks, mark, furtherPins: [] };
    const furtherPins = withHooks ? [] : await helperPins(cwd, commandEnvironment(options));
    const env = commandEnvironment({ ...options, furtherPins });
    const call = lineCall(shell, line, platform);
    return runProgram({ call, cwd, env, isBackground: false, mark: `${MARK_NAME}=${mark}` }, signal, output);
  }

  async check({ cwd }: Pick<CommandCall, "cwd">): Promise<void> {
    if ((await expectedPath(cwd)) !== cwd) throw staleError(cwd);
  }
}

/** The line is one argument behind `--`, so that the shell reads exactly what was shown and takes none of it for a flag. */
function lineCall(shell: string, line: string, platform: NodeJS.Platform): ProgramCall {
  if (platform === "win32") return { program: shell, parameters: ["/d", "/s", "/c", `"${line}"`], verbatim: true };
  const quiet = shell.endsWith("/bash") ? ["--noprofile", "--norc"] : [];
  return { program: shell, parameters: [...quiet, "-c", "--", line], verbatim: false };
}

function systemShell(): string {
  if (process.platform === "win32") return process.env["ComSpec"] ?? "C:\\Windows\\System32\\cmd.exe";
  return ["/bin/bash", "/usr/bin/bash"].find(existsSync) ?? "/bin/sh";
}
