import * as esbuild from "esbuild";
import { StageError } from "../stages.mjs";
import { measureBuild } from "./budgets.mjs";
import { hostBundle } from "./host-bundle.mjs";
import { webviewBundle } from "./webview-bundle.mjs";

/**
 * Builds host and panel into `dist`.
 * @param {{ readonly production: boolean }} options
 * @returns {Promise<readonly import("./budgets.mjs").Measure[]>} the size of each artifact
 * @throws {StageError} where a source does not build
 */
export async function build(options) {
  const [host, webview] = await Promise.all([
    esbuild.build(hostBundle(options)),
    esbuild.build(webviewBundle(options)),
  ]).catch((error) => {
    // esbuild has shown the places already.
    throw new StageError(error instanceof Error ? error.message : String(error), { cause: error });
  });
  if (host.metafile === undefined || webview.metafile === undefined) throw new Error("esbuild returned no metafile.");
  return measureBuild(host.metafile, webview.metafile);
}

/** Builds, then builds again whenever a source changes, until the process ends. */
export async function watch() {
  const contexts = await Promise.all(
    [hostBundle({ production: false }), webviewBundle({ production: false })].map((options) =>
      esbuild.context({ ...options, logLevel: "info" }),
    ),
  );
  await Promise.all(contexts.map((context) => context.watch()));
}
