import { readdir, readFile, readlink } from "node:fs/promises";

/** Ids of the processes that run in `folder` by a command line that fits. Linux only: it reads `/proc`. */
export async function processesOf(folder: string, commandLine: RegExp): Promise<readonly number[]> {
  const entries = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    entries.map(async (id) => {
      const command = await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "");
      const cwd = await readlink(`/proc/${id}/cwd`).catch(() => "");
      return commandLine.test(command.split("\0").join(" ").trim()) && cwd === folder ? [Number(id)] : [];
    }),
  );
  return found.flat();
}
