import { join } from "node:path";
import { StageError } from "../stages.mjs";
import { findProgram, isExecutable } from "./find-program.mjs";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "microsoft-edge-stable",
  "msedge",
];

/**
 * An installed Chromium, Chrome or Edge; `OUTCROP_CHROMIUM` names another one.
 * @returns {string} its absolute path
 * @throws {StageError} where there is none
 */
export function findChromium() {
  const chosen = process.env["OUTCROP_CHROMIUM"] || process.env["PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH"];
  if (chosen) {
    if (isExecutable(chosen)) return chosen;
    throw new StageError(`OUTCROP_CHROMIUM names ${chosen}, which is no executable file.`);
  }
  const found = names.map(findProgram).find((path) => path !== undefined) ?? standardPaths().find(isExecutable);
  if (found !== undefined) return found;
  throw new StageError(
    "These tests drive Chromium, Chrome or Edge, and none was found. Install one (Debian: apt-get install chromium) or name it in OUTCROP_CHROMIUM.",
  );
}

/** @returns {readonly string[]} */
function standardPaths() {
  if (process.platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform !== "win32") return [];
  const roots = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].map((name) => process.env[name] ?? "");
  return roots.flatMap((root) => [
    join(root, "Google", "Chrome", "Application", "chrome.exe"),
    join(root, "Microsoft", "Edge", "Application", "msedge.exe"),
  ]);
}
