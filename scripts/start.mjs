import { join } from "node:path";
import { installMissing } from "./install.mjs";
import { cacheFolder } from "./paths.mjs";
import { endChildrenOnSignals } from "./processes.mjs";
import { runMain, runStage, say } from "./stages.mjs";
import { chooseCode } from "./start/choose-code.mjs";
import { parseOptions, usage } from "./start/options.mjs";
import { runDesktop } from "./start/run-desktop.mjs";
import { runNpmCode } from "./start/run-npm.mjs";
import { readSettings } from "./vscode/read-settings.mjs";
import { prepareSampleWorkspace } from "./workspace.mjs";

await runMain(async () => {
  const options = parseOptions(process.argv.slice(2));
  if (options === "help") {
    say(usage);
    return 0;
  }
  endChildrenOnSignals();
  await installMissing();
  const settings = options.settings === undefined ? {} : await readSettings(options.settings);
  // Imported late: it needs esbuild, which the stage before installs.
  const { build } = await import("./build/bundles.mjs");
  await runStage("Building Outcrop", () => build({ production: false }));
  const workspace = options.workspace ?? (await openSample(options.freshWorkspace));
  const code = await chooseCode(options.vscode);
  // The sample project is Outcrop's own; a folder of the person's is theirs to trust.
  const common = { workspace, settings, trusted: options.workspace === undefined };
  switch (code.kind) {
    case "installed":
    case "downloaded":
      return runDesktop({ ...common, command: code.command });
    case "npm":
      return runNpmCode({ ...common, port: options.port, open: options.open });
  }
});

/** @param {boolean} fresh @returns {Promise<string>} */
async function openSample(fresh) {
  const { folder, created, git } = await prepareSampleWorkspace(join(cacheFolder(), "workspace", "parcel-notifier"), {
    fresh,
  });
  say(
    `${created ? "✓ Copied the sample project" : "✓ Sample project of an earlier run (--fresh-workspace starts over)"}: ${folder}`,
  );
  if (!git) say("  git is not installed, so the copy is no repository.");
  return folder;
}
