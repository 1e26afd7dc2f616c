#!/usr/bin/env node
// Takes the place of VS Code's executable where none can be downloaded: understands the arguments that `runTests` of
// @vscode/test-electron passes, and runs the tests in the npm VS Code with a headless browser. Exits as the tests did.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { endChildrenOnSignals, onInterruption } from "../processes.mjs";
import { runMain, StageError } from "../stages.mjs";
import { lastLines, startCodeServer } from "./code-server.mjs";
import { installCodeServer } from "./install-code-server.mjs";
import { launchChromium } from "./launch-chromium.mjs";
import { readSettingsIfPresent } from "./read-settings.mjs";

const limitMilliseconds = 10 * 60 * 1000;

await runMain(async () => {
  const serverDataFolder = mkdtempSync(join(tmpdir(), "outcrop-shim-"));
  const removeData = () => rmSync(serverDataFolder, { recursive: true, force: true, maxRetries: 3 });
  endChildrenOnSignals();
  onInterruption(removeData);
  try {
    return await runTestsInBrowser(serverDataFolder);
  } finally {
    removeData();
  }
});

/** @param {string} serverDataFolder @returns {Promise<number>} */
async function runTestsInBrowser(serverDataFolder) {
  const options = await readArguments();
  const server = await startCodeServer({ ...options, server: await installCodeServer(), serverDataFolder });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    const code = await untilTestsEnd(server);
    return code === 0 ? codeOfResult() : code;
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function readArguments() {
  const { values, positionals } = parseArgs({
    strict: false,
    allowPositionals: true,
    options: { extensionDevelopmentPath: { type: "string", multiple: true } },
  });
  const text = (/** @type {string} */ name) => (typeof values[name] === "string" ? values[name] : undefined);
  const [extensionDevelopmentPath, ...furtherExtensions] = (values.extensionDevelopmentPath ?? []).map(String);
  const extensionTestsPath = text("extensionTestsPath");
  if (extensionDevelopmentPath === undefined || extensionTestsPath === undefined) {
    throw new StageError("Expected --extensionDevelopmentPath=… and --extensionTestsPath=….");
  }
  const folderUri = text("folder-uri");
  const folder = folderUri === undefined ? positionals[0] : fileURLToPath(folderUri);
  const profile = text("user-data-dir");
  return {
    extensionDevelopmentPath: resolve(extensionDevelopmentPath),
    furtherExtensions: furtherExtensions.map((path) => resolve(path)),
    extensionTestsPath: resolve(extensionTestsPath),
    folder: resolve(folder ?? "."),
    trust: values["disable-workspace-trust"] === true,
    settings: profile === undefined ? {} : await readSettingsIfPresent(join(profile, "User", "settings.json")),
  };
}

/**
 * The server prints how the extension host ended, which it does when the tests have.
 * @param {import("./code-server.mjs").CodeServer} server
 * @returns {Promise<number>}
 */
async function untilTestsEnd(server) {
  const deadline = Date.now() + limitMilliseconds;
  while (Date.now() < deadline) {
    const code = /Extension Host Process exited with code: (\d+)/.exec(server.output())?.[1];
    if (code !== undefined) return Number(code);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new StageError(
    `The tests did not end within ${limitMilliseconds / 60_000} minutes:\n${lastLines(server.output())}`,
  );
}

/**
 * The server's extension host exits with 0 even when the tests' `run()` rejects, so the result that the tests wrote decides.
 * @returns {number}
 */
function codeOfResult() {
  const file = process.env["OUTCROP_TEST_RESULT"];
  if (file === undefined) return 0;
  if (!existsSync(file)) return 1;
  /** @type {readonly { readonly outcome: string }[]} */
  const results = JSON.parse(readFileSync(file, "utf8"));
  return results.length === 0 || results.some(({ outcome }) => outcome === "failed") ? 1 : 0;
}
