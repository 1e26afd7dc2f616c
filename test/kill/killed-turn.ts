import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import type { KillPoint } from "./kill-after.ts";
import { killPrompts } from "./kill-scene.ts";

const main = fileURLToPath(new URL("../../src/headless/main.ts", import.meta.url));
const tools = fileURLToPath(new URL("kill-tools.ts", import.meta.url));

export interface KilledTurn {
  /** What the process had said before it was gone. */
  readonly events: readonly ChatEvent[];
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
}

export interface KilledTurnOptions {
  readonly folder: string;
  readonly endpoint: string;
  readonly sessionFile: string;
  readonly logFile: string;
  /** SIGKILL as soon as so many of these were said; left out, the turn comes to its end. */
  readonly killAfter?: KillPoint;
}

/** The headless runner in a process of its own, which is killed in the middle of its turn. */
export async function playKilledTurn(options: KilledTurnOptions): Promise<KilledTurn> {
  const { folder, endpoint, sessionFile, logFile, killAfter } = options;
  const session = ["--session", sessionFile, "--tools", tools, "--approve", "all", "--json"];
  const child = spawn(
    process.execPath,
    [main, "--workspace", folder, "--endpoint", endpoint, "--prompt", killPrompts.first, ...session],
    {
      env: {
        ...{ ...process.env, HOME: folder, AWS_EC2_METADATA_DISABLED: "true" },
        ...{ OUTCROP_KILL_LOG: logFile, OUTCROP_KILL_AFTER: JSON.stringify(killAfter) },
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const events: ChatEvent[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => void events.push(JSON.parse(line)));
  const { promise: ended, resolve } = Promise.withResolvers<Pick<KilledTurn, "code" | "signal">>();
  child.once("close", (code, signal) => resolve({ code, signal }));
  return { ...(await ended), events };
}
