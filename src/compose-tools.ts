import type { Tool } from "./agent/tool.ts";
import { commandEnvironment, MARK_NAME } from "./headless/command-environment.ts";
import { DiskFiles } from "./headless/disk-files.ts";
import { helperPins } from "./headless/git-helpers.ts";
import { findMarked } from "./headless/marked-processes.ts";
import { OutputFiles, outputFolder } from "./headless/output-files.ts";
import { ShellPrograms } from "./headless/shell-programs.ts";
import { createTools } from "./tools/create-tools.ts";
import type { FilesGuard } from "./tools/files-guard.ts";
import { SessionPrograms } from "./tools/running/session-programs.ts";
import type { Workspace } from "./tools/workspace.ts";
import { EditorFiles } from "./vscode/editor-files.ts";
import { EditorTasks } from "./vscode/editor-tasks.ts";
import { findRipgrep } from "./vscode/find-ripgrep.ts";
import { readPolicySettings } from "./vscode/policy-settings.ts";
import { readRunningSettings } from "./vscode/running-settings.ts";
import { TerminalPrograms } from "./vscode/terminal/terminal-programs.ts";

export interface SessionTools {
  readonly tools: readonly Tool[];
  /** What was started and runs on. */
  readonly running: SessionPrograms;
}

/** What the model may call, and what it works with in the editor. Loaded with the first turn that is offered tools. */
export interface WindowTools {
  /** Those of one session: what they read from files is masked by its policy, and so is what programs print. */
  forSession(guard: FilesGuard, session: string): SessionTools;
}

export interface ToolsParts {
  readonly workspace: Workspace;
  /** The path of the extension's global storage. */
  readonly storage: string;
}

export function composeTools({ workspace, storage }: ToolsParts): WindowTools {
  const ports = {
    workspace,
    ripgrep: findRipgrep,
    tasks: new EditorTasks(async (cwd, withHooks) => {
      if (withHooks) return commandVariables(true, [], "");
      const plain = commandVariables(false, [], "");
      return commandVariables(false, await helperPins(cwd, plain), "");
    }),
    files: new EditorFiles(new DiskFiles()),
    programs: new TerminalPrograms({
      headless: new ShellPrograms(alsoAllowed),
      environment: {
        variables: (mark) => commandVariables(true, [], mark),
        findMarked: (mark) => findMarked(`${MARK_NAME}=${mark}`),
      },
      mayUse: () => readRunningSettings().commandTerminal === "auto",
    }),
  };
  return {
    forSession: (guard, session) => {
      const outputs = new OutputFiles(outputFolder(storage, session), () => guard.maskStream());
      const running = new SessionPrograms(outputs.open);
      return { running, tools: createTools({ ...ports, guard, running }) };
    },
  };
}

function alsoAllowed(): readonly string[] {
  return readPolicySettings().commandEnvironment;
}

/** What a command gets without a terminal, but for the kind of terminal: it has one. */
function commandVariables(
  withHooks: boolean,
  furtherPins: readonly (readonly [string, string])[],
  mark: string,
): Readonly<Record<string, string>> {
  const { env: environment, platform } = process;
  const options = { environment, platform, alsoAllowed: alsoAllowed(), withHooks, mark, furtherPins };
  const known = Object.entries(commandEnvironment(options)).flatMap(([name, value]) =>
    value === undefined || name === "TERM" ? [] : [[name, value]],
  );
  return Object.fromEntries(known);
}
