import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the checkout. */
export const repositoryRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** The sample workspace as it is committed; open a copy made by `prepareSampleWorkspace`, never this folder itself. */
export const sampleWorkspaceSource = join(repositoryRoot, "test", "fixtures", "workspace");

/**
 * The folder of this user that outlives a run: the npm VS Code, a downloaded VS Code, their profiles, the sample workspace.
 * `OUTCROP_CACHE` names another one. `src/headless/cache-folder.ts` chooses the same.
 * @returns {string} an absolute path; the folder need not exist yet
 */
export function cacheFolder() {
  const chosen = process.env["OUTCROP_CACHE"];
  if (chosen) return resolve(chosen);
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "outcrop");
  if (process.platform === "win32") return join(process.env["LOCALAPPDATA"] || homedir(), "outcrop", "cache");
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "outcrop");
}

/**
 * The Node 24 of the npm package `node`, which runs the tests and VS Code's server whatever Node started this script.
 * @returns {string} the real binary; this process's own where the package is not installed
 */
export function nodeExecutable() {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const installed = join(repositoryRoot, "node_modules", "node", "bin", name);
  return existsSync(installed) ? installed : process.execPath;
}

/**
 * The environment for children: `node` and the installed commands first on the PATH, no colours where nobody sees them.
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnvironment(extra = {}) {
  const separator = process.platform === "win32" ? ";" : ":";
  const commands = join(repositoryRoot, "node_modules", ".bin");
  const path = [dirname(nodeExecutable()), commands, process.env["PATH"] ?? ""].join(separator);
  /** @type {NodeJS.ProcessEnv} */
  const environment = { ...process.env, PATH: path, ...extra };
  if (!process.stdout.isTTY) environment["NO_COLOR"] = "1";
  delete environment["FORCE_COLOR"];
  // With it a `node --test` that a child starts takes itself for a part of the run that we are in, and reports nothing.
  delete environment["NODE_TEST_CONTEXT"];
  return environment;
}
