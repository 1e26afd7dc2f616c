import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import * as esbuild from "esbuild";
import { webviewBundle } from "../build/webview-bundle.mjs";
import { sharedProcessPart } from "./node-test-part.mjs";

/**
 * Runs the panel's tests, in two processes with a browser each, over one build of the panel as it is packaged.
 * @returns {ReturnType<typeof sharedProcessPart>}
 */
export async function panelPart() {
  const folder = mkdtempSync(join(tmpdir(), "outcrop-panel-"));
  try {
    const { outputFiles = [] } = await esbuild.build({ ...webviewBundle({ production: true }), write: false });
    for (const file of outputFiles) writeFileSync(join(folder, basename(file.path)), file.contents);
    const environment = { OUTCROP_TEST_PANEL: folder };
    return await sharedProcessPart("test/panel", { timeoutSeconds: 300, processes: 2, environment });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
