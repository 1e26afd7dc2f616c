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
import { t } from "../protocol/localize.ts";
import { commandFolder } from "./command-folder.ts";
import { KEPT_LIMIT, outputLimit } from "./head-and-tail.ts";
import { expectedPath } from "./open-no-follow.ts";
import type { ProgramRunner } from "./program-runner.ts";
import { type Attended, attend, type Patience } from "./running/attend.ts";
import { SessionPrograms } from "./running/session-programs.ts";
import { sliceText } from "./slice-text.ts";
import type { Workspace } from "./workspace.ts";

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

/** How soon the user is offered to go on without the end of what runs. */
export const OFFER_AFTER_MS = 15_000;

export interface CommandParts {
  readonly programs: ProgramRunner;
  readonly running: SessionPrograms;
  readonly patience: Pick<Patience, "offerAfterMs">;
}

/** Runs a command line in a shell, with everything it starts, until it ends. */
export function createRunCommand(
  workspace: Workspace,
  programs: ProgramRunner,
  running = new SessionPrograms(),
  patience: CommandParts["patience"] = { offerAfterMs: OFFER_AFTER_MS },
): Tool {
  const parts = { programs, running, patience };
  return defineTool({
    name: "run_command",
    description:
      "Runs a command line in a shell and waits for its end. The result begins with the exit code; output that is too long loses its middle. What the command leaves running is ended with it. The user may let a long one go on: then the result has an id for get_output. For the workspace's own tasks use run_task.",
    input,
    effect: "execute",
    limits: [
      `${DEFAULT_SECONDS} seconds unless asked, at most ${MOST_SECONDS}`,
      outputLimit(HEAD_SIZE, TAIL_SIZE),
      KEPT_LIMIT,
    ],
    streamingTitle: t("Run a command"),
    async prepare({ command: line, cwd, timeout_seconds: seconds = DEFAULT_SECONDS }) {
      if (line.trim() === "") throw new ToolError("The command is empty. Nothing was run.", "E_SCHEMA");
      if (line.includes("\0")) throw new ToolError("The command holds a NUL character. Nothing was run.", "E_SCHEMA");
      const folder = await commandFolder(cwd, workspace.folders());
      const command: CommandCall = { line, cwd: await expectedPath(folder), shell: programs.shell };
      const shown = titleOf(line);
      return {
        title: t('Running "{0}"', shown),
        intent: t('Run "{0}"', shown),
        effect: "execute",
        targets: [{ path: folder, access: "read", canonical: command.cwd }],
        command,
        subject: {
          question: t("Run this command?"),
          details: [
            { label: t("Command"), value: line, format: "command" },
            { label: t("Folder"), value: folder },
            ...(folder === command.cwd ? [] : [{ label: t("Leads to"), value: command.cwd }]),
            { label: t("Shell"), value: programs.shell },
            { label: t("Environment"), value: programs.environment },
            { label: t("Time limit"), value: t("{0} seconds", seconds) },
          ],
        },
        timeoutMs: seconds * 1000 + ENDING_TIME_MS,
        run: (context) => runLine(parts, command, { shown, seconds }, context),
      };
    },
  });
}

interface ShownRun {
  readonly shown: string;
  readonly seconds: number;
}

async function runLine(
  { programs, running, patience }: CommandParts,
  command: CommandCall,
  { shown, seconds }: ShownRun,
  context: ToolContext,
): Promise<ToolSuccess> {
  const withHooks = context.allowedBy === "user";
  const program = running.start({
    name: `The command ${shown}`,
    run: (signal, output) => programs.run(command, { withHooks, signal, output }),
    headline: headlineOf,
    headSize: HEAD_SIZE,
    tailSize: TAIL_SIZE,
  });
  const stopLog = program.follow(boundedLog(context));
  const attended = await attend(program, { ...patience, limitMs: seconds * 1000 }, context).finally(stopLog);
  if (attended.kind === "left") running.leave(program);
  const output = await program.output();
  const printed = output.trim() === "" ? "(it printed nothing)" : output.trimEnd();
  const { headline, ...ended } = describeEnd(attended, { shown, seconds, id: program.id });
  return { content: textResult(`${headline}\n${printed}`), ...ended };
}

const warned = { warning: true } as const;

function headlineOf(exitCode: number | undefined): string {
  return `The command finished${exitCode === undefined ? "; its exit code is not known" : ` with exit code ${exitCode}`}`;
}

function describeEnd(
  attended: Attended<number | undefined>,
  { shown, seconds, id }: ShownRun & { readonly id: string },
) {
  switch (attended.kind) {
    case "ended": {
      const { end } = attended;
      const headline = headlineOf(end);
      if (end === undefined) return { headline, title: t('Ran "{0}"', shown) };
      return { headline, title: t('Ran "{0}", exit code {1}', shown, end), exitCode: end, ...(end !== 0 && warned) };
    }
    case "timed-out":
      return {
        headline: `The command did not finish within ${seconds} seconds and was ended. Its output until then:`,
        title: t('Ran "{0}", ended after {1} seconds', shown, seconds),
        ...warned,
      };
    case "stopped":
      return {
        headline: "The user ended the command while it ran. Its output until then:",
        title: t('Ran "{0}", ended by you', shown),
      };
    case "left":
      return {
        headline: `The command goes on running until it ends or this chat does; read on with get_output (id: ${id}). Its output so far:`,
        title: t('Started "{0}", it goes on running', shown),
      };
  }
}

/** Hands on what fits, then says once that no more comes. */
function boundedLog({ output }: ToolContext): (text: string) => void {
  let left = LOG_SIZE;
  return (text) => {
    if (text === "" || left === 0) return;
    const part = sliceText(text, 0, left);
    const isCut = part.length < text.length;
    left = isCut ? 0 : left - part.length;
    output(isCut ? `${part}\n${t("… (more is printed than is shown) …")}\n` : part);
  };
}

function titleOf(line: string): string {
  const plain = line.replace(/\s+/g, " ").trim();
  return plain.length > LONGEST_TITLE ? `${sliceText(plain, 0, LONGEST_TITLE)}…` : plain;
}
