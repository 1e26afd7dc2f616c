import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./paths.mjs";
import { runNpm } from "./processes.mjs";
import { runStage, StageError } from "./stages.mjs";

/** @typedef {{ readonly version?: string, readonly optional?: boolean, readonly devOptional?: boolean }} LockedPackage */

/** Installs the packages of `package-lock.json` where they are missing or of another version; otherwise does nothing. */
export async function installMissing() {
  if (isInstalled()) return;
  await runStage("Installing packages (npm ci)", async (note) => {
    const { code, output } = await runNpm(["ci", "--no-audit", "--no-fund"], { cwd: repositoryRoot, onOutput: note });
    if (code !== 0) {
      throw new StageError(
        `npm ci failed with exit code ${code}:\n${output}\nIs the npm registry reachable? Run "npm ci" yourself, then try again.`,
      );
    }
  });
}

/**
 * Compares what npm says it installed (`node_modules/.package-lock.json`) with what is locked.
 * @returns {boolean} true where nothing need be installed
 */
function isInstalled() {
  const installedFile = join(repositoryRoot, "node_modules", ".package-lock.json");
  if (!existsSync(installedFile)) return false;
  const installed = readPackages(installedFile);
  const locked = readPackages(join(repositoryRoot, "package-lock.json"));
  return Object.entries(locked).every(([path, wanted]) => {
    if (path === "") return true;
    const found = installed[path];
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version;
  });
}

/** @param {string} file @returns {Record<string, LockedPackage>} */
function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}
