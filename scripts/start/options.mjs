import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { StageError } from "../stages.mjs";

export const usage = `npm start -- [options]

Builds Outcrop and opens a real VS Code with it on a sample project.

  --workspace DIR     open this folder instead of the sample project
  --fresh-workspace   start over with the sample project; what you changed in it is lost
  --settings FILE     user settings (JSON, comments allowed) for this VS Code, such as outcrop.region
  --vscode KIND       desktop: the installed code, code-insiders or codium
                      download: the one that @vscode/test-electron downloads
                      npm: the one of the npm package code-server, in a browser
                      left out: the first of these that works here
  --port P            port of the npm VS Code (8123, or a free one); means --vscode npm
  --no-open           print the URL of the npm VS Code instead of opening a browser; means --vscode npm
  --help              show this text`;

/** @typedef {"desktop" | "download" | "npm"} CodeKind */
/**
 * @typedef {object} StartOptions
 * @property {string | undefined} workspace absolute; undefined is the sample project
 * @property {boolean} freshWorkspace
 * @property {string | undefined} settings an existing file, absolute
 * @property {CodeKind | undefined} vscode
 * @property {number | undefined} port
 * @property {boolean} open whether to open a browser
 */

/**
 * @param {readonly string[]} parameters
 * @returns {StartOptions | "help"}
 * @throws {StageError} for what it does not know or cannot use
 */
export function parseOptions(parameters) {
  const values = parseParameters(parameters);
  if (values.help) return "help";
  const workspace = values.workspace === undefined ? undefined : resolve(values.workspace);
  if (workspace !== undefined && !(existsSync(workspace) && statSync(workspace).isDirectory())) {
    throw new StageError(`--workspace: ${workspace} is no folder.`);
  }
  const settings = values.settings === undefined ? undefined : resolve(values.settings);
  if (settings !== undefined && !(existsSync(settings) && statSync(settings).isFile()))
    throw new StageError(`--settings: there is no file ${settings}.`);
  const open = values["no-open"] !== true;
  const vscode = parseKind(values.vscode, values.port !== undefined || !open);
  return {
    workspace,
    freshWorkspace: values["fresh-workspace"] ?? false,
    settings,
    vscode,
    port: parsePort(values.port),
    open,
  };
}

/** @param {readonly string[]} parameters */
function parseParameters(parameters) {
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        workspace: { type: "string" },
        "fresh-workspace": { type: "boolean" },
        settings: { type: "string" },
        vscode: { type: "string" },
        port: { type: "string" },
        "no-open": { type: "boolean" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new StageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

/** @param {string | undefined} text @param {boolean} asksForUrl whether --port or --no-open was given @returns {CodeKind | undefined} */
function parseKind(text, asksForUrl) {
  if (text === undefined) return asksForUrl ? "npm" : undefined;
  if (text !== "desktop" && text !== "download" && text !== "npm") {
    throw new StageError(`--vscode: expected desktop, download or npm, not "${text}".`);
  }
  if (asksForUrl && text !== "npm") {
    throw new StageError(
      `--port and --no-open are for the npm VS Code, which has a URL; --vscode ${text} opens a window.`,
    );
  }
  return text;
}

/** @param {string | undefined} text @returns {number | undefined} */
function parsePort(text) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StageError(`--port: "${text}" is no port number.`);
  return port;
}
