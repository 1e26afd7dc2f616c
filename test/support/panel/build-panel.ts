import { basename } from "node:path";
import * as esbuild from "esbuild";
import { webviewBundle } from "../../../scripts/build/webview-bundle.mjs";

/** The panel's files as they ship, by name: `panel.js`, `highlight.js`, `panel.css`. */
export type PanelFiles = ReadonlyMap<string, string>;

let built: Promise<PanelFiles> | undefined;

/** Builds the panel as for a release, in memory, once per process. */
export function buildPanel(): Promise<PanelFiles> {
  built ??= bundle();
  return built;
}

async function bundle(): Promise<PanelFiles> {
  const { outputFiles = [] } = await esbuild.build({ ...webviewBundle({ production: true }), write: false });
  return new Map(outputFiles.map((file) => [basename(file.path), file.text]));
}

/** Builds one module of the panel for use in a page; what it exports becomes the global `name`. */
export async function buildModule(entryPoint: string, name: string): Promise<string> {
  const { entryPoints: _panel, outdir: _folder, ...options } = webviewBundle({ production: true });
  const { outputFiles } = await esbuild.build({
    ...options,
    entryPoints: [entryPoint],
    globalName: name,
    metafile: false,
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
