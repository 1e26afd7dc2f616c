import { join } from "node:path";
import type { Tool } from "./agent/tool.ts";
import { composeForeignTools } from "./compose-foreign-tools.ts";
import { composeHttpTools, type HttpToolParts, warn } from "./compose-http-tools.ts";
import { commandEnvironment, MARK_NAME } from "./headless/command-environment.ts";
import { DiskFiles } from "./headless/disk-files.ts";
import { DiskPlaces } from "./headless/disk-places.ts";
import { helperPins } from "./headless/git-helpers.ts";
import { findMarked } from "./headless/marked-processes.ts";
import { OutputFiles, outputFolder } from "./headless/output-files.ts";
import { ShellPrograms } from "./headless/shell-programs.ts";
import { admitTools } from "./policy/admit-tools.ts";
import { createTools } from "./tools/create-tools.ts";
import type { FilesGuard } from "./tools/files-guard.ts";
import type { PlanBoard } from "./tools/plan-board.ts";
import { SessionPrograms } from "./tools/running/session-programs.ts";
import type { UserQuestions } from "./tools/user-questions.ts";
import type { Workspace } from "./tools/workspace.ts";
import { EditorRepositories } from "./vscode/changes/editor-repositories.ts";
import { EditorTasks } from "./vscode/editor-tasks.ts";
import { EditorChangeDiagnostics } from "./vscode/files/editor-change-diagnostics.ts";
import { EditorFiles } from "./vscode/files/editor-files.ts";
import { EditorPlaces } from "./vscode/files/editor-places.ts";
import { findRipgrep } from "./vscode/find-ripgrep.ts";
import { EditorDiagnostics } from "./vscode/language/editor-diagnostics.ts";
import { EditorLanguage } from "./vscode/language/editor-language.ts";
import { readPolicySettings } from "./vscode/policy-settings.ts";
import { readRunningSettings } from "./vscode/running-settings.ts";
import { TerminalPrograms } from "./vscode/terminal/terminal-programs.ts";

export interface SessionTools {
  /** Asked for whenever a turn begins. */
  tools(): Promise<readonly Tool[]>;
  /** What was started and runs on. */
  readonly running: SessionPrograms;
}

/** What the model may call, and what it works with in the editor. Loaded with the first turn that is offered tools. */
export interface WindowTools {
  forSession(session: ToolSession): SessionTools;
}

/** Whose tools they are. */
export interface ToolSession {
  readonly id: string;
  /** Its policy's: what the tools read from files is masked, and so is what programs print. */
  readonly guard: FilesGuard;
  /** What they ask and show is in its panel. */
  readonly talk: UserQuestions & PlanBoard;
  /** The same tools; what calls of them change is kept for the way back. */
  readonly record: (tools: readonly Tool[]) => readonly Tool[];
}

export interface ToolParts extends Omit<HttpToolParts, "folders"> {
  readonly workspace: Workspace;
  /** The path of the extension's global storage. */
  readonly storage: string;
}

export function composeTools({ workspace, storage, ...parts }: ToolParts): WindowTools {
  const ports = {
    workspace,
    ripgrep: findRipgrep,
    tasks: new EditorTasks(async (cwd, withHooks) => {
      if (withHooks) return commandVariables(true, [], "");
      const plain = commandVariables(false, [], "");
      return commandVariables(false, await helperPins(cwd, plain), "");
    }),
    files: new EditorFiles(new DiskFiles()),
    places: new EditorPlaces(new DiskPlaces(join(storage, "deleted"))),
    changeDiagnostics: new EditorChangeDiagnostics(),
    language: new EditorLanguage(),
    diagnostics: new EditorDiagnostics(),
    repositories: new EditorRepositories(),
    programs: new TerminalPrograms({
      headless: new ShellPrograms(alsoAllowed),
      environment: {
        variables: (mark) => commandVariables(true, [], mark),
        findMarked: (mark) => findMarked(`${MARK_NAME}=${mark}`),
      },
      mayUse: () => readRunningSettings().commandTerminal === "auto",
    }),
  };
  const foreign = composeForeignTools(parts.context.globalState);
  const folders = (): readonly string[] => workspace.folders().map(({ path }) => path);
  return {
    forSession: ({ id, guard, talk, record }) => {
      const outputs = new OutputFiles(outputFolder(storage, id), () => guard.maskStream());
      const running = new SessionPrograms(outputs.open);
      const own = createTools({ ...ports, guard, running, user: talk, plan: talk });
      const http = composeHttpTools({ ...parts, folders }, id);
      let told = "";
      const tools = async (): Promise<readonly Tool[]> => {
        const { tools: admitted, refused } = admitTools(own, [...(await http()), ...foreign()]);
        const text = refused.join("\n");
        if (text !== "" && text !== told) warn(text);
        told = text;
        return record(admitted);
      };
      return { tools, running };
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
