import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { npmScript } from "./npm-script.ts";

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
  const { code, stdout, stderr } = await npmScript("turn", scratch, [...workspace, "--json", ...options]);
  const lines = stdout.split("\n").filter((line) => line !== "");
  return { code, stderr, events: lines.map((line) => JSON.parse(line)) };
}
