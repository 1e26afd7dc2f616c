import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import * as esbuild from "esbuild";
import { webviewBundle } from "../build/webview-bundle.mjs";
import { filesAlone, sharedProcessPart } from "./node-test-part.mjs";
import { withSecondTry } from "./second-try.mjs";

/**
 * Runs the panel's tests, in two processes with a browser each, over one build of the panel as it is packaged.
 * @returns {Promise<import("./run-parts.mjs").PartResult>}
 */
export async function panelPart() {
  const folder = mkdtempSync(join(tmpdir(), "outcrop-panel-"));
  try {
    const { outputFiles = [] } = await esbuild.build({ ...webviewBundle({ production: true }), write: false });
    for (const file of outputFiles) writeFileSync(join(folder, basename(file.path)), file.contents);
    const options = { timeoutSeconds: 300, environment: { OUTCROP_TEST_PANEL: folder } };
    const first = await sharedProcessPart("test/panel", { ...options, processes: 2 });
    return await withSecondTry(first, (files) => filesAlone(files, options));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
