import { spawn } from "node:child_process";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/paths.mjs";

export interface ScriptRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * `npm run -s NAME`, as a person or a script would call it, to its end: with nothing of this machine's AWS and proxies, and
 * with a home and a state of its own.
 */
export async function npmScript(
  name: "turn" | "doctor",
  home: string,
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ScriptRun> {
  const inherited = Object.entries(process.env).filter(([variable]) => !/^AWS_|proxy$/iu.test(variable));
  const child = spawn("npm", ["run", "-s", name, "--", ...options], {
    cwd: repositoryRoot,
    env: {
      ...Object.fromEntries(inherited),
      ...{ HOME: home, OUTCROP_STATE: join(home, "state"), AWS_EC2_METADATA_DISABLED: "true" },
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const read = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text) => {
      read[stream] += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, ...read };
}
