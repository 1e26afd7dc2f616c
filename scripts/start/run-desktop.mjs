import { join } from "node:path";
import { cacheFolder, repositoryRoot } from "../paths.mjs";
import { endLockHolder, onInterruption, startChild } from "../processes.mjs";
import { say } from "../stages.mjs";
import { panelInFront, quietSettings } from "../vscode/code-server.mjs";
import { mergeSettings } from "../vscode/merge-settings.mjs";
import { installOpener } from "./install-opener.mjs";

/**
 * Opens a desktop VS Code with a profile of its own and waits until its window is closed.
 * @param {{ readonly command: string, readonly workspace: string, readonly trusted: boolean, readonly settings: Readonly<Record<string, unknown>> }} options
 * @returns {Promise<number>} exit code
 */
export async function runDesktop({ command, workspace, trusted, settings }) {
  const profile = join(cacheFolder(), "desktop", "user-data");
  const extensions = join(cacheFolder(), "desktop", "extensions");
  installOpener(extensions);
  const own = { ...quietSettings, ...panelInFront };
  await mergeSettings(join(profile, "User", "settings.json"), { own, given: settings });
  // The `code` command starts VS Code in a process group of its own, out of reach of a signal to this one.
  onInterruption(() => endLockHolder(join(profile, "code.lock")));
  const child = startChild(
    command,
    [
      ...["--new-window", "--wait", "--user-data-dir", profile],
      ...["--extensions-dir", extensions],
      `--extensionDevelopmentPath=${repositoryRoot}`,
      ...(trusted ? ["--disable-workspace-trust"] : []),
      workspace,
    ],
    { stdio: ["ignore", "ignore", "inherit"], env: desktopEnvironment(), shell: process.platform === "win32" },
  );
  say(`\n${command} is open on ${workspace}.`);
  say("Outcrop is in the secondary sidebar, on the right (View: Toggle Secondary Side Bar shows and hides it).");
  say("Close the window or press Ctrl-C to end it.");
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** Without what a terminal of another VS Code adds: the new window would be opened by that one. */
function desktopEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name)));
}
