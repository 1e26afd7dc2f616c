import { join } from "node:path";
import { repositoryRoot } from "../paths.mjs";
import { downloadCode } from "./download-code.mjs";
import { hasDisplay } from "./find-program.mjs";
import { installCodeServer } from "./install-code-server.mjs";

/**
 * Decides which VS Code runs the host tests: a downloaded one where that works, else the npm one behind `code-shim`, which takes the
 * same arguments. `OUTCROP_VSCODE=download|npm` decides otherwise.
 * @param {(note: string) => void} [note]
 * @returns {Promise<{ readonly executable: string, readonly description: string }>}
 */
export async function resolveExecutable(note) {
  const wish = process.env["OUTCROP_VSCODE"];
  if (wish === "npm") return npmExecutable("as OUTCROP_VSCODE demands", note);
  if (wish !== "download" && !hasDisplay()) return npmExecutable("no display for a downloaded one", note);
  const download = await downloadCode(note);
  if (download.kind === "downloaded") return { executable: download.executable, description: "downloaded VS Code" };
  if (wish === "download") throw new Error(`VS Code could not be downloaded: ${download.reason}`);
  return npmExecutable(`download not available: ${download.reason}`, note);
}

/** @param {string} reason @param {((note: string) => void) | undefined} note */
async function npmExecutable(reason, note) {
  await installCodeServer(note);
  const name = process.platform === "win32" ? "code-shim.cmd" : "code-shim.mjs";
  return { executable: join(repositoryRoot, "scripts", "vscode", name), description: `npm VS Code (${reason})` };
}
