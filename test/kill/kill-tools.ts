import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { defineTool, type PreparedCall, type Tool, textResult } from "../../src/agent/tool.ts";
import { killAfter } from "./kill-after.ts";

/** Milliseconds that a tool takes, so that a kill can fall into it. */
const workMs = 60;

/** Two tools that write a line to a file whenever they really run: one reads, one has an effect. */
export function createKillTools(logFile: string): readonly Tool[] {
  const prepare = (effect: PreparedCall["effect"], line: string): PreparedCall => ({
    title: line,
    effect,
    targets: [],
    subject: { question: `${line}?`, details: [] },
    timeoutMs: 10_000,
    run: async ({ signal }) => {
      appendFileSync(logFile, `${line}\n`);
      await sleep(workMs, undefined, { signal });
      return { content: textResult(`${line}: done`), title: line };
    },
  });
  const input = z.strictObject({ door: z.string() });
  return [
    defineTool({
      name: "look",
      description: "Looks at a door.",
      input,
      effect: "read",
      limits: [],
      streamingTitle: "Looking",
      prepare: ({ door }) => prepare("read", `look ${door}`),
    }),
    defineTool({
      name: "open_door",
      description: "Opens a door.",
      input,
      effect: "read",
      limits: [],
      streamingTitle: "Opening",
      prepare: ({ door }) => prepare("execute", `open ${door}`),
    }),
  ];
}

const killPoint = process.env["OUTCROP_KILL_AFTER"];
if (killPoint !== undefined) killAfter(JSON.parse(killPoint));

/** What `--tools` takes: the file is named by the environment of the process. */
export default createKillTools(process.env["OUTCROP_KILL_LOG"] ?? "kill.log");
