import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
export const fixture = (path: string): string => join(project, "test", "fixtures", path);
/** The home of the turns of a test file, gone after its tests. */
export const scratch = await mkdtemp(join(tmpdir(), "outcrop-headless-"));
after(() => rm(scratch, { recursive: true }));

export interface HeadlessRun {
  readonly code: number | null;
  readonly events: readonly ChatEvent[];
  readonly stderr: string;
}

/** `npm run -s turn`, as a person or a script would call it. */
export async function runTurn(...options: readonly string[]): Promise<HeadlessRun> {
  const workspace = ["--workspace", fixture("workspace")];
  const child = spawn("npm", ["run", "-s", "turn", "--", ...workspace, "--json", ...options], {
    cwd: project,
    env: {
      ...process.env,
      HOME: scratch,
      OUTCROP_STATE: join(scratch, "state"),
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ACCESS_KEY_ID: "",
      AWS_PROFILE: "",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  const lines = stdout.split("\n").filter((line) => line !== "");
  return { code, stderr, events: lines.map((line) => JSON.parse(line)) };
}
