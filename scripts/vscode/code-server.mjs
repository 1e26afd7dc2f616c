import { cp, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { childEnvironment, nodeExecutable } from "../paths.mjs";
import { startChild, stopChild } from "../processes.mjs";
import { StageError } from "../stages.mjs";
import { mergeSettings } from "./merge-settings.mjs";

/**
 * @typedef {object} CodeServerOptions
 * @property {string} server the folder that `installCodeServer` returned
 * @property {string} serverDataFolder profile, state and logs of this server
 * @property {string} folder the workspace to open, absolute
 * @property {string} extensionDevelopmentPath the extension's folder, absolute
 * @property {readonly string[]} [furtherExtensions] folders of others beside it, absolute
 * @property {string} [extensionTestsPath] a script whose `run()` is called in the extension host
 * @property {number} [port] a free one when left out
 * @property {string} [token] connection token; left out, everyone on this machine may connect
 * @property {Readonly<Record<string, unknown>>} [defaults] user settings on top of the quiet ones; those that the person set stay
 * @property {Readonly<Record<string, unknown>>} [settings] user settings of the person
 * @property {boolean} [trust] false keeps workspace trust on, so that a new folder opens in Restricted Mode
 * @property {NodeJS.ProcessEnv} [environment] of the server, and through it of the extension host and of tasks
 */

/** @typedef {{ readonly url: string, readonly port: number, readonly output: () => string, readonly exited: Promise<number>, readonly stop: () => Promise<void> }} CodeServer */

/** User settings that keep VS Code to itself: no telemetry, no updates, no welcome pages. */
export const quietSettings = {
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "workbench.startupEditor": "none",
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "git.openRepositoryInParentFolders": "never",
};

/** User settings that leave Outcrop alone in the secondary sidebar, open from the start: VS Code's own chat lives there too. */
export const panelInFront = {
  "workbench.secondarySideBar.defaultVisibility": "visible",
  "chat.disableAIFeatures": true,
};

/**
 * Starts VS Code's own server of the npm package with an extension under development and waits until it answers.
 * @param {CodeServerOptions} options
 * @returns {Promise<CodeServer>} `url` opens the workbench, connection token included; `exited` is the server's exit code
 * @throws {StageError} where it does not come up, with its output
 */
export async function startCodeServer(options) {
  const port = options.port ?? (await findFreePort());
  await writeSettings(options);
  await installExtensions(options);
  const child = startChild(nodeExecutable(), serverParameters(options, port), {
    cwd: options.folder,
    env: options.environment ?? childEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const collect = (/** @type {Buffer} */ chunk) => {
    output += chunk.toString();
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  /** @type {Promise<number>} */
  const exited = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
  const server = { url: workbenchUrl(options, port), port, output: () => output, exited, stop: () => stopChild(child) };
  await untilReady(server);
  return server;
}

/**
 * The end of a server's output, without its remarks on native modules that it does well without.
 * @param {string} output
 * @returns {string}
 */
export function lastLines(output) {
  return output
    .split("\n")
    .filter((line) => !/spdlog|^ +at |bindings file|tries:/.test(line))
    .slice(-30)
    .join("\n");
}

/** @returns {Promise<number>} a TCP port of 127.0.0.1 that nobody listens on @param {number} [preferred] taken if it is free */
export async function findFreePort(preferred = 0) {
  for (const port of [preferred, 0]) {
    const free = await tryPort(port);
    if (free !== undefined) return free;
  }
  throw new StageError("No TCP port of 127.0.0.1 is free.");
}

/** @param {number} port @returns {Promise<number | undefined>} the port, a free one for 0; undefined when it is taken */
export function tryPort(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : undefined));
    });
  });
}

/**
 * The browser's window is a remote one, for which settings of scope `machine`, which all of Outcrop's are, come from the server's
 * own file only: code.visualstudio.com/api/references/contribution-points, "scope".
 * @param {CodeServerOptions} options
 */
async function writeSettings({ serverDataFolder, defaults = {}, settings = {} }) {
  const file = (/** @type {string} */ name) => join(serverDataFolder, "data", name, "settings.json");
  const ofMachine = Object.entries(settings).filter(([key]) => key.startsWith("outcrop."));
  await mergeSettings(file("User"), { own: { ...quietSettings, ...defaults }, given: settings });
  await mergeSettings(file("Machine"), { own: {}, given: Object.fromEntries(ofMachine) });
}

/**
 * The page takes one extension under development; others are there as if the user had installed them.
 * @param {CodeServerOptions} options
 */
async function installExtensions({ serverDataFolder, furtherExtensions = [] }) {
  for (const folder of furtherExtensions) {
    const { publisher, name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const target = join(serverDataFolder, "extensions", `${publisher}.${name}-${version}`);
    await cp(folder, target, { recursive: true });
  }
}

/** @param {CodeServerOptions} options @param {number} port @returns {readonly string[]} */
function serverParameters({ server, serverDataFolder, token, trust }, port) {
  return [
    join(server, "out", "server-main.js"),
    ...["--host", "127.0.0.1", "--port", String(port), "--accept-server-license-terms", "--telemetry-level", "off"],
    ...(token === undefined ? ["--without-connection-token"] : ["--connection-token", token]),
    // Without this flag a built VS Code ignores the extension development path in the payload, without a word.
    "--enable-smoke-test-driver",
    // Else a login shell is asked for the environment, and its PATH hides the one given here.
    "--force-disable-user-env",
    ...["--server-data-dir", serverDataFolder, "--extensions-dir", join(serverDataFolder, "extensions")],
    ...(trust === false ? [] : ["--disable-workspace-trust"]),
  ];
}

/** @param {CodeServerOptions} options @param {number} port @returns {string} */
function workbenchUrl({ folder, extensionDevelopmentPath, extensionTestsPath, token }, port) {
  const remote = (/** @type {string} */ path) => `vscode-remote://127.0.0.1:${port}${asUrlPath(path)}`;
  const payload = [["extensionDevelopmentPath", remote(extensionDevelopmentPath)]];
  if (extensionTestsPath !== undefined) payload.push(["extensionTestsPath", remote(extensionTestsPath)]);
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set("folder", asUrlPath(folder));
  url.searchParams.set("payload", JSON.stringify(payload));
  if (token !== undefined) url.searchParams.set("tkn", token);
  return url.href;
}

/** @param {string} path absolute @returns {string} `/c:/x` for `C:\x` */
function asUrlPath(path) {
  return path.startsWith("/") ? path : `/${path.replaceAll("\\", "/")}`;
}

/** @param {CodeServer} server */
async function untilReady(server) {
  let exit = /** @type {number | undefined} */ (undefined);
  server.exited.then(
    (code) => {
      exit = code;
    },
    () => {
      exit = 1;
    },
  );
  const deadline = Date.now() + 30_000;
  while (exit === undefined && Date.now() < deadline) {
    const answered = await fetch(`http://127.0.0.1:${server.port}/version`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await server.stop();
  throw new StageError(
    `VS Code's server did not start${exit === undefined ? "" : ` (exit code ${exit})`}:\n${server.output()}`,
  );
}
