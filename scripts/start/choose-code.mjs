import { runStage, StageError, say } from "../stages.mjs";
import { downloadCode } from "../vscode/download-code.mjs";
import { findDesktopCode } from "../vscode/find-desktop-code.mjs";
import { hasDisplay } from "../vscode/find-program.mjs";

/** @typedef {{ readonly kind: "installed", readonly command: string } | { readonly kind: "downloaded", readonly command: string } | { readonly kind: "npm" }} Code */

/**
 * Decides which VS Code to open: the installed one, else a downloaded one, else the npm one.
 * @param {import("./options.mjs").CodeKind | undefined} wish
 * @returns {Promise<Code>}
 * @throws {StageError} where the one that was asked for cannot be had
 */
export async function chooseCode(wish) {
  if (wish === "npm") return { kind: "npm" };
  if (wish !== "download") {
    const command = findDesktopCode();
    if (command !== undefined) return { kind: "installed", command };
    if (wish === "desktop") throw new StageError(`No code, code-insiders or codium on the PATH${displayNote()}.`);
  }
  if (!hasDisplay()) {
    if (wish === "download") throw new StageError("A downloaded VS Code needs a display, and there is none.");
    say("· No display: VS Code opens in a browser");
    return { kind: "npm" };
  }
  const download = await runStage("Getting VS Code", downloadCode, (result) =>
    result.kind === "downloaded" ? result.executable : `not available (${result.reason})`,
  );
  if (download.kind === "downloaded") return { kind: "downloaded", command: download.executable };
  if (wish === "download") throw new StageError(`VS Code could not be downloaded: ${download.reason}`);
  return { kind: "npm" };
}

function displayNote() {
  return hasDisplay() ? "" : ", and no display to open a window on";
}
