import { spawn } from "node:child_process";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/paths.mjs";

/** `npm run -s turn -- --json` to its end, with nobody's credentials and a home and state of its own. */
export async function npmTurn(home: string, options: readonly string[], variables: Readonly<Record<string, string>>) {
  const child = spawn("npm", ["run", "-s", "turn", "--", "--json", ...options], {
    cwd: repositoryRoot,
    env: {
      ...process.env,
      ...{ HOME: home, OUTCROP_STATE: join(home, "state"), AWS_EC2_METADATA_DISABLED: "true" },
      ...{ AWS_ACCESS_KEY_ID: "", AWS_PROFILE: "" },
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text) => {
      texts[stream] += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, ...texts };
}
