import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { defineTool, type Tool, type ToolContext, ToolError, textResult } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import { outputLimit } from "./head-and-tail.ts";
import { OFFER_AFTER_MS } from "./run-command.ts";
import type { RunningProgram } from "./running/running-program.ts";
import type { SessionPrograms } from "./running/session-programs.ts";

const MOST_SECONDS = 120;
const MOST_LINES = 1000;
/** Output that was quiet for this long is worth a look. */
const QUIET_MS = 1000;
const READ_TIME_MS = 10_000;

const input = z
  .object({
    id: z.string().describe("The id that the result of run_command, run_task or run_tests gave."),
    tail_lines: z.int().min(1).max(MOST_LINES).optional().describe("Only the last lines. Default: beginning and end."),
    wait_seconds: z
      .int()
      .min(0)
      .max(MOST_SECONDS)
      .optional()
      .describe("Waits at most so long for its end or for more output. Default: 0."),
  })
  .strict();

/** Reads on in what goes on running. While it waits, the user may end that as they may end the call that started it. */
export function createGetOutput(programs: SessionPrograms, offerAfterMs = OFFER_AFTER_MS): Tool {
  return defineTool({
    name: "get_output",
    description:
      "Reads what a command or task that goes on running has printed so far, and whether and how it has ended. Give wait_seconds rather than calling it again and again.",
    input,
    effect: "read",
    limits: [`waits at most ${MOST_SECONDS} seconds`, outputLimit(16_000, 31_000), `at most ${MOST_LINES} last lines`],
    streamingTitle: t("Read output"),
    prepare({ id, tail_lines: lines, wait_seconds: seconds = 0 }) {
      const program = programs.find(id);
      if (program === undefined) throw new ToolError(`Nothing with the id ${id} was left running. ${known(programs)}`);
      return {
        title: t("Reading the output of {0}", program.name),
        effect: "read",
        targets: [],
        subject: { question: t("Read the output of {0}?", program.name), details: [] },
        timeoutMs: seconds * 1000 + READ_TIME_MS,
        async run(context) {
          const isStopped = await waitForMore(program, { milliseconds: seconds * 1000, offerAfterMs }, context);
          const text = lines === undefined ? await program.output() : program.lastLines(lines);
          const printed = text.trim() === "" ? "(it printed nothing)" : text.trimEnd();
          const running = program.headline ?? `${program.name} goes on running (${ranFor(program)})`;
          const headline = isStopped ? `The user ended it. ${running}` : running;
          const title = isStopped
            ? t("Read the output of {0}, ended by you", program.name)
            : t("Read the output of {0}", program.name);
          return { content: textResult(`${headline}\n${printed}`), title };
        },
      };
    },
  });
}

interface Wait {
  readonly milliseconds: number;
  readonly offerAfterMs: number;
}

/** Until it has ended, has printed something and then nothing for a second, the time is up, or the user wants no more of it. Whether they ended it. */
async function waitForMore(
  program: RunningProgram,
  { milliseconds, offerAfterMs }: Wait,
  context: ToolContext,
): Promise<boolean> {
  if (milliseconds === 0 || !program.isRunning) return false;
  const { signal } = context;
  const done = new AbortController();
  const until = AbortSignal.any([signal, done.signal]);
  const wait = (time: number): Promise<void> => delay(time, undefined, { signal: until }).catch(() => undefined);
  const choose = async (): Promise<void> => {
    await delay(offerAfterMs, undefined, { signal: until });
    // What ends in time is the wait, not what runs.
    const choice = await context.stillRunning?.(null, until);
    isStopped = choice === "stop";
    if (isStopped) await program.end(new Error("The user ended it."));
    if (choice === undefined) await wait(milliseconds);
  };
  let isStopped = false;
  let quiet: NodeJS.Timeout | undefined;
  const settled = new Promise<void>((resolve) => {
    const stop = program.follow((text) => {
      context.output(text);
      clearTimeout(quiet);
      quiet = setTimeout(resolve, QUIET_MS);
    });
    until.addEventListener("abort", stop, { once: true });
  });
  await Promise.race([program.over, settled, wait(milliseconds), choose().catch(() => wait(milliseconds))]);
  clearTimeout(quiet);
  done.abort();
  signal.throwIfAborted();
  return isStopped;
}

function known({ left }: SessionPrograms): string {
  if (left.length === 0) return "Nothing was left running in this chat since it was opened.";
  return `There are:\n${left.map(({ id, name }) => `- ${id}: ${name}`).join("\n")}`;
}

function ranFor({ startedAt }: RunningProgram): string {
  return `for ${Math.round((Date.now() - startedAt) / 1000)} seconds so far`;
}
