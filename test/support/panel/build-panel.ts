import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as esbuild from "esbuild";
import { webviewBundle } from "../../../scripts/build/webview-bundle.mjs";

/** The panel's files as they ship, by name: `panel.js`, its chunks, `panel.css`. */
export type PanelFiles = ReadonlyMap<string, string>;

let built: Promise<PanelFiles> | undefined;

/** The panel as for a release: from the folder that `OUTCROP_TEST_PANEL` names, else built in memory, once per process. */
export function buildPanel(): Promise<PanelFiles> {
  const folder = process.env["OUTCROP_TEST_PANEL"];
  built ??= folder === undefined ? bundle() : readBuilt(folder);
  return built;
}

async function readBuilt(folder: string): Promise<PanelFiles> {
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const)),
  );
}

async function bundle(): Promise<PanelFiles> {
  const { outputFiles = [] } = await esbuild.build({ ...webviewBundle({ production: true }), write: false });
  return new Map(outputFiles.map((file) => [basename(file.path), file.text]));
}

/** Builds one module of the panel for use in a page; what it exports becomes the global `name`. */
export async function buildModule(entryPoint: string, name: string): Promise<string> {
  const { entryPoints: _panel, outdir: _folder, splitting: _chunks, ...options } = webviewBundle({ production: true });
  const { outputFiles } = await esbuild.build({
    ...options,
    entryPoints: [entryPoint],
    format: "iife",
    globalName: name,
    metafile: false,
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
