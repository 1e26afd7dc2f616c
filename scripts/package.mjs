import { statSync } from "node:fs";
import { join } from "node:path";
import { installMissing } from "./install.mjs";
import { repositoryRoot } from "./paths.mjs";
import { endChildrenOnSignals } from "./processes.mjs";
import { runMain, runStage, StageError } from "./stages.mjs";

const limitBytes = 2.5 * 1024 * 1024;

// Writes outcrop.vsix. Everything is bundled, so no package goes in as such.
await runMain(async () => {
  endChildrenOnSignals();
  await installMissing();
  const { buildPart } = await import("./test/build-part.mjs");
  const { createVSIX } = await import("@vscode/vsce");
  const { failed, text } = await runStage("Building Outcrop", buildPart);
  if (failed > 0) throw new StageError(text);
  const packagePath = join(repositoryRoot, "outcrop.vsix");
  await runStage(
    "Packaging",
    () => createVSIX({ cwd: repositoryRoot, packagePath, dependencies: false }),
    () => packagePath,
  );
  const { size } = statSync(packagePath);
  if (size > limitBytes) throw new StageError(`outcrop.vsix has ${size} bytes; at most ${limitBytes} are allowed.`);
  return 0;
});
