import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder, childEnvironment, repositoryRoot } from "../paths.mjs";
import { onInterruption } from "../processes.mjs";
import { runStage, StageError, say } from "../stages.mjs";
import { findFreePort, lastLines, panelInFront, startCodeServer, tryPort } from "../vscode/code-server.mjs";
import { installCodeServer, isCodeServerInstalled } from "../vscode/install-code-server.mjs";
import { installOpener } from "./install-opener.mjs";
import { openInBrowser } from "./open-in-browser.mjs";

const usualPort = 8123;

/**
 * Starts the npm VS Code, opens it in the person's browser and waits until it is ended.
 * @param {{ readonly workspace: string, readonly trusted: boolean, readonly settings: Readonly<Record<string, unknown>>, readonly port: number | undefined, readonly open: boolean }} options
 * @returns {Promise<number>} exit code
 */
export async function runNpmCode({ workspace, trusted, settings, port: wishedPort, open }) {
  const installing = "Installing VS Code from npm";
  const server = isCodeServerInstalled() ? await installCodeServer() : await runStage(installing, installCodeServer);
  const port = await choosePort(wishedPort);
  // A profile of its own for each port, so that two can run; one on a random port is for this run only.
  const isKnown = port === wishedPort || port === usualPort;
  const serverDataFolder = isKnown ? join(cacheFolder(), `server-${port}`) : temporaryFolder();
  installOpener(join(serverDataFolder, "extensions"));
  const running = await runStage("Starting VS Code", () =>
    startCodeServer({
      server,
      serverDataFolder,
      folder: workspace,
      extensionDevelopmentPath: repositoryRoot,
      port,
      token: randomBytes(16).toString("hex"),
      defaults: panelInFront,
      settings,
      trust: trusted,
      environment: childEnvironment(),
    }),
  );
  say(`\nVS Code is ready:\n\n  ${running.url}\n`);
  say("The URL holds the token of this run; keep it to yourself.");
  say("Outcrop opens in the secondary sidebar, on the right. Press Ctrl-C here to end VS Code.");
  if (open && !(await openInBrowser(running.url))) say("No browser could be opened: open the URL yourself.");
  const code = await running.exited;
  throw new StageError(`VS Code's server ended by itself (exit code ${code}):\n${lastLines(running.output())}`);
}

function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "outcrop-server-"));
  onInterruption(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** @param {number | undefined} wished @returns {Promise<number>} */
async function choosePort(wished) {
  if (wished === undefined) return findFreePort(usualPort);
  const port = await tryPort(wished);
  if (port === undefined) throw new StageError(`Port ${wished} is taken. Choose another one with --port.`);
  return port;
}
