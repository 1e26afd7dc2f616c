import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../paths.mjs";
import { runNpm } from "../processes.mjs";
import { StageError } from "../stages.mjs";

/** VS Code 1.139.1 as the npm package code-server ships it. */
const codeServerVersion = "4.139.1";

const installation = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"];

/**
 * Installs the npm VS Code into the user's cache, once per version. Runs at the same time do not disturb each other: each installs
 * into a folder of its own, and the first to finish gives it its final name.
 * @param {(note: string) => void} [note] gets npm's output
 * @returns {Promise<string>} the folder of VS Code's own server (`out/server-main.js` is below it)
 * @throws {StageError} where npm fails, with its output
 */
export async function installCodeServer(note = () => {}) {
  const folder = join(cacheFolder(), `code-server-${codeServerVersion}`);
  if (!existsSync(folder)) {
    mkdirSync(cacheFolder(), { recursive: true });
    removeAbandoned();
    const temporary = mkdtempSync(join(cacheFolder(), "installing-"));
    try {
      await installInto(temporary, note);
      moveUnlessPresent(temporary, folder);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }
  return serverFolder(folder);
}

/** @returns {boolean} whether `installCodeServer` has nothing to do */
export function isCodeServerInstalled() {
  return existsSync(join(cacheFolder(), `code-server-${codeServerVersion}`));
}

/** @param {string} folder @param {(note: string) => void} note */
async function installInto(folder, note) {
  await npm(["--prefix", folder, `code-server@${codeServerVersion}`], folder, note);
  // The package installs these two itself, in a script that also compiles native modules, which nothing here needs.
  const server = serverFolder(folder);
  await npm(["--omit=dev"], server, note);
  await npm(["--omit=dev"], join(server, "extensions"), note);
}

/** @param {readonly string[]} parameters @param {string} cwd @param {(note: string) => void} onOutput */
async function npm(parameters, cwd, onOutput) {
  const { code, output } = await runNpm([...installation, ...parameters], { cwd, onOutput });
  if (code !== 0) {
    throw new StageError(`npm could not install code-server@${codeServerVersion} (exit code ${code}):\n${output}`);
  }
}

/** @param {string} from @param {string} to */
function moveUnlessPresent(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/** Folders that a killed run left behind, a day later. */
function removeAbandoned() {
  for (const name of readdirSync(cacheFolder())) {
    const path = join(cacheFolder(), name);
    if (name.startsWith("installing-") && Date.now() - statSync(path).mtimeMs > 24 * 3600 * 1000) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

/** @param {string} folder */
function serverFolder(folder) {
  return join(folder, "node_modules", "code-server", "lib", "vscode");
}
