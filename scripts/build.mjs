import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { repositoryRoot } from "./paths.mjs";
import { runMain, runStage, StageError, say } from "./stages.mjs";

await runMain(async () => {
  const { values } = parseArgs({
    options: { watch: { type: "boolean" }, production: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    say(
      "node scripts/build.mjs [--production | --watch]\n  --production  minified, no source maps, fails over the size budgets",
    );
    return 0;
  }
  const { build, watch } = await import("./build/bundles.mjs");
  if (values.watch) {
    await watch();
    return 0;
  }
  mkdirSync(join(repositoryRoot, "dist"), { recursive: true });
  const measures = await runStage("Building", () => build({ production: values.production ?? false }));
  // The budgets are for what users get: a development build is not minified.
  if (!values.production) return 0;
  const { describeMeasure, isOverBudget } = await import("./build/budgets.mjs");
  for (const result of measures) say(`  ${describeMeasure(result)}`);
  const over = measures.filter(isOverBudget);
  if (over.length > 0) throw new StageError(`Over the size budget: ${over.map(({ name }) => name).join(", ")}`);
  return 0;
});
