import { execFile } from "node:child_process";
import { promisify } from "node:util";

const LOOK_MS = 2000;
/** Settings that make a look at a repository run a program: git-scm.com/docs/gitattributes, git-scm.com/docs/git-config. */
const HELPERS =
  "^(diff\\.external|diff\\..*\\.(textconv|command)|filter\\..*\\.(clean|smudge|process)|gpg\\.(.*\\.)?program)$";

/**
 * Pins against the programs that the repository around the folder names for diffs and filters. What only passes text
 * through passes it as it is; git fails where it cannot do without the program. Reading the settings runs none of them.
 */
export async function helperPins(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly (readonly [string, string])[]> {
  try {
    const parameters = ["config", "--null", "--name-only", "--get-regexp", HELPERS];
    const { stdout } = await promisify(execFile)("git", parameters, { cwd: folder, env, timeout: LOOK_MS });
    const names = stdout.split("\0").filter((name) => name !== "");
    return [...new Set(names)].map((name) => [name, /\.(textconv|clean|smudge)$/.test(name) ? "cat" : ""] as const);
  } catch {
    // No git, no repository, or no such setting.
    return [];
  }
}
