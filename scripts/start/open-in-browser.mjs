import { spawn } from "node:child_process";
import { findProgram, hasDisplay } from "../vscode/find-program.mjs";

/**
 * Opens a URL in the person's browser.
 * @param {string} url
 * @returns {Promise<boolean>} false where there is no browser to open it in
 */
export function openInBrowser(url) {
  const [command, ...parameters] = opener();
  if (command === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    // Not one of the children that Ctrl-C ends: the person's browser may be running already, and stays.
    const child = spawn(command, [...parameters, url], { stdio: "ignore", detached: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => resolve(true));
    child.unref();
  });
}

/** @returns {readonly string[]} */
function opener() {
  if (process.platform === "darwin") return ["open"];
  // `start` is a word of the shell, which would read the & of the URL.
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return hasDisplay() && findProgram("xdg-open") !== undefined ? ["xdg-open"] : [];
}
