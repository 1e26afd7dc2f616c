import * as z from "zod";
import {
  type CommandCall,
  defineTool,
  type Tool,
  type ToolContext,
  ToolError,
  type ToolSuccess,
  textResult,
} from "../agent/tool.ts";
import { HeadAndTail, outputLimit } from "./head-and-tail.ts";
import { expectedPath } from "./open-no-follow.ts";
import type { ProgramRunner } from "./program-runner.ts";
import { resolvePath } from "./resolve-path.ts";
import { sliceText } from "./slice-text.ts";
import { TerminalText } from "./terminal-text.ts";
import type { Workspace, WorkspaceFolder } from "./workspace.ts";

const DEFAULT_SECONDS = 120;
const MOST_SECONDS = 600;
/** Processes that are asked to end get some time before the call is given up. */
const ENDING_TIME_MS = 20_000;
/** Characters of output that the model gets; with the headline below the 48,000 of one tool result. */
const HEAD_SIZE = 16_000;
const TAIL_SIZE = 31_000;
/** Characters of output that the card and the journal get. */
const LOG_SIZE = 10_000_000;
const LONGEST_TITLE = 60;

const input = z
  .object({
    command: z.string().describe("The command line, as for a shell. It gets no standard input and no terminal."),
    cwd: z
      .string()
      .optional()
      .describe("Folder to start in, relative to the workspace. Default: the workspace folder."),
    timeout_seconds: z
      .int()
      .min(1)
      .max(MOST_SECONDS)
      .optional()
      .describe(`Ended after this many seconds. Default: ${DEFAULT_SECONDS}.`),
  })
  .strict();

/** Runs a command line in a shell, with everything it starts, until it ends. */
export function createRunCommand(workspace: Workspace, programs: ProgramRunner): Tool {
  return defineTool({
    name: "run_command",
    description:
      "Runs a command line in a shell and waits for its end. The result begins with the exit code; output that is too long loses its middle. What the command leaves running is ended with it. For the workspace's own tasks use run_task.",
    input,
    effect: "execute",
    limits: [`${DEFAULT_SECONDS} seconds unless asked, at most ${MOST_SECONDS}`, outputLimit(HEAD_SIZE, TAIL_SIZE)],
    streamingTitle: "Run a command",
    async prepare({ command: line, cwd, timeout_seconds: seconds = DEFAULT_SECONDS }) {
      if (line.trim() === "") throw new ToolError("The command is empty. Nothing was run.", "E_SCHEMA");
      if (line.includes("\0")) throw new ToolError("The command holds a NUL character. Nothing was run.", "E_SCHEMA");
      const folder = await resolveFolder(cwd, workspace.folders());
      const command: CommandCall = { line, cwd: await expectedPath(folder), shell: programs.shell };
      const shown = titleOf(line);
      return {
        title: `Running ${shown}`,
        effect: "execute",
        targets: [{ path: folder, access: "read", canonical: command.cwd }],
        command,
        subject: {
          question: "Run this command?",
          details: [
            { label: "Command", value: line, format: "command" },
            { label: "Folder", value: folder },
            ...(folder === command.cwd ? [] : [{ label: "Leads to", value: command.cwd }]),
            { label: "Shell", value: programs.shell },
            { label: "Environment", value: programs.environment },
            { label: "Time limit", value: `${seconds} seconds` },
          ],
        },
        timeoutMs: seconds * 1000 + ENDING_TIME_MS,
        run: (context) => runLine(programs, command, { shown, seconds }, context),
      };
    },
  });
}

/** With several folders open none is picked silently. */
async function resolveFolder(cwd: string | undefined, folders: readonly WorkspaceFolder[]): Promise<string> {
  if (cwd !== undefined) return (await resolvePath(cwd, folders)).path;
  const [only, ...others] = folders;
  if (only === undefined) throw new ToolError("No folder is open in the editor. Nothing was run.", "E_OUTSIDE");
  if (others.length === 0) return only.path;
  const names = folders.map(({ name, path }) => `- ${name} (${path})`).join("\n");
  throw new ToolError(`Several folders are open. Say with cwd in which one to run:\n${names}`, "E_PATH");
}

interface ShownRun {
  readonly shown: string;
  readonly seconds: number;
}

async function runLine(
  programs: ProgramRunner,
  command: CommandCall,
  { shown, seconds }: ShownRun,
  context: ToolContext,
): Promise<ToolSuccess> {
  const kept = new HeadAndTail(HEAD_SIZE, TAIL_SIZE);
  const terminal = new TerminalText();
  const log = boundedLog(context);
  const take = (text: string): void => {
    kept.push(text);
    log(text);
  };
  const limit = AbortSignal.timeout(seconds * 1000);
  const signal = AbortSignal.any([context.signal, limit]);
  const withHooks = context.allowedBy === "user";
  const end = await programs
    .run(command, { withHooks, signal, output: (text) => take(terminal.push(text)) })
    .catch((error: unknown) => {
      // What was printed until then still reaches the model.
      if (limit.aborted && !context.signal.aborted) return "timedOut" as const;
      throw error;
    });
  take(terminal.finish());
  return describeEnd(end, shown, seconds, kept.text());
}

function describeEnd(end: number | "timedOut", shown: string, seconds: number, output: string): ToolSuccess {
  const printed = output.trim() === "" ? "(it printed nothing)" : output.trimEnd();
  if (end === "timedOut") {
    const headline = `The command did not finish within ${seconds} seconds and was ended. Its output until then:`;
    return { content: textResult(`${headline}\n${printed}`), title: `Ran ${shown}, ended after ${seconds} seconds` };
  }
  return {
    content: textResult(`The command finished with exit code ${end}\n${printed}`),
    title: `Ran ${shown}, exit code ${end}`,
    exitCode: end,
  };
}

/** Hands on what fits, then says once that no more comes. */
function boundedLog({ output }: ToolContext): (text: string) => void {
  let left = LOG_SIZE;
  return (text) => {
    if (text === "" || left === 0) return;
    const part = sliceText(text, 0, left);
    const isCut = part.length < text.length;
    left = isCut ? 0 : left - part.length;
    output(isCut ? `${part}\n… (more is printed than is shown) …\n` : part);
  };
}

function titleOf(line: string): string {
  const plain = line.replace(/\s+/g, " ").trim();
  return plain.length > LONGEST_TITLE ? `${sliceText(plain, 0, LONGEST_TITLE)}…` : plain;
}
