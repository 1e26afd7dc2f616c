import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { nodeExecutable, sampleWorkspaceSource } from "./paths.mjs";
import { runToEnd } from "./processes.mjs";

/**
 * Copies the sample workspace and makes the copy a git repository with one commit and a built, git-ignored `build` folder.
 * @param {string} folder where to; left as it is when it exists already
 * @param {{ readonly fresh?: boolean }} [options] `fresh` replaces an existing copy
 * @returns {Promise<{ readonly folder: string, readonly created: boolean, readonly git: boolean }>} `git` is false where git is not installed
 */
export async function prepareSampleWorkspace(folder, { fresh = false } = {}) {
  if (fresh) rmSync(folder, { recursive: true, force: true });
  if (existsSync(join(folder, "package.json")))
    return { folder, created: false, git: existsSync(join(folder, ".git")) };
  mkdirSync(folder, { recursive: true });
  cpSync(sampleWorkspaceSource, folder, { recursive: true });
  await run(nodeExecutable(), ["scripts/build.mjs"], folder);
  const git = await initialiseRepository(folder);
  return { folder, created: true, git };
}

/** @param {string} folder @returns {Promise<boolean>} */
async function initialiseRepository(folder) {
  const identity = ["-c", "user.name=Sample", "-c", "user.email=sample@example.com", "-c", "commit.gpgsign=false"];
  try {
    await run("git", ["init", "--quiet", "--initial-branch=main"], folder);
    await run("git", ["-c", "core.safecrlf=false", "add", "--all"], folder);
    await run(
      "git",
      [...identity, "commit", "--quiet", "--no-verify", "--message", "Import the parcel notifier"],
      folder,
    );
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

/** @param {string} command @param {readonly string[]} parameters @param {string} cwd */
async function run(command, parameters, cwd) {
  // GIT_DIR and the like point into the outer repository when this runs inside one of its hooks.
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
  const { code, output } = await runToEnd(command, parameters, { cwd, env: environment });
  if (code !== 0) throw new Error(`${command} ${parameters.join(" ")} failed with ${code}: ${output}`);
}
