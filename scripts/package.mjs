import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installMissing } from "./install.mjs";
import { repositoryRoot } from "./paths.mjs";
import { endChildrenOnSignals, runNpm } from "./processes.mjs";
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
  await runStage("Listing what is bundled", writeBillOfMaterials);
  await runStage(
    "Packaging",
    () => createVSIX({ cwd: repositoryRoot, packagePath, dependencies: false }),
    () => packagePath,
  );
  const { size } = statSync(packagePath);
  if (size > limitBytes) throw new StageError(`outcrop.vsix has ${size} bytes; at most ${limitBytes} are allowed.`);
  return 0;
});

/** The packages in the bundle with their exact versions, in CycloneDX: part of the package. */
async function writeBillOfMaterials() {
  const parameters = ["sbom", "--sbom-format=cyclonedx", "--omit=dev", "--package-lock-only"];
  let json = "";
  const { code } = await runNpm(parameters, {
    cwd: repositoryRoot,
    onOutput: (text) => {
      json += text;
    },
  });
  if (code !== 0) throw new StageError(`npm sbom ended with exit code ${code}.`);
  writeFileSync(join(repositoryRoot, "dist", "sbom.cdx.json"), json.slice(json.indexOf("{")));
}
