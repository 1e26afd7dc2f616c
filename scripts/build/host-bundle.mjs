import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import * as esbuild from "esbuild";
import { repositoryRoot } from "../paths.mjs";
import { versionOnly } from "./version-only-plugin.mjs";

/** @typedef {import("esbuild").BuildOptions} BuildOptions */

const folder = join(repositoryRoot, "dist");

/**
 * The extension as CommonJS with lazily loaded chunks: every `import("./x.ts")` becomes a file of its own that is read on first use.
 * esbuild splits ES modules only, so it builds those and each result is turned into CommonJS. Code shared by two chunks exists once,
 * which keeps `instanceof` true across them.
 * @param {{ readonly production: boolean }} options
 * @returns {BuildOptions}
 */
export function hostBundle({ production }) {
  return {
    absWorkingDir: repositoryRoot,
    entryPoints: { extension: "src/extension.ts" },
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["vscode"],
    alias: { debug: join(repositoryRoot, "scripts", "build", "no-debug.mjs") },
    mainFields: ["module", "main"],
    minify: production,
    keepNames: production,
    legalComments: "none",
    sourcemap: production ? false : "inline",
    define: { "process.env.NODE_ENV": '"production"' },
    metafile: true,
    write: false,
    logLevel: "warning",
    plugins: [versionOnly(), writeAsCommonJs(production)],
  };
}

/** @param {boolean} production @returns {import("esbuild").Plugin} */
function writeAsCommonJs(production) {
  return {
    name: "write-as-commonjs",
    setup: (build) => {
      build.onEnd(async ({ outputFiles = [], errors }) => {
        if (errors.length > 0) return;
        clearScripts();
        await Promise.all(outputFiles.map((file) => writeCommonJs(file, production)));
        copyShellParser();
      });
    },
  };
}

/** The parser of shell commands is WebAssembly, which is read as a file: `loadShellParser`. */
function copyShellParser() {
  const target = join(folder, "shell");
  mkdirSync(target, { recursive: true });
  for (const name of ["tree-sitter.wasm", "tree-sitter-bash.wasm"]) {
    copyFileSync(join(repositoryRoot, "node_modules", "@vscode", "tree-sitter-wasm", "wasm", name), join(target, name));
  }
}

/** Old chunks carry other hashes in their names and would stay for ever. */
function clearScripts() {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (/\.cjs(\.map)?$/.test(name)) rmSync(join(folder, name));
  }
}

/** @param {import("esbuild").OutputFile} file @param {boolean} production */
async function writeCommonJs(file, production) {
  const name = basename(file.path);
  const { code, map } = await esbuild.transform(file.text, {
    format: "cjs",
    platform: "node",
    target: "node20",
    minify: production,
    // `require` finds the `vscode` module in every host; `import()` does so only in recent ones. Not in the shell's parser: it
    // imports what it makes a `require` of its own with, and that one hides Node's before it is there.
    supported: { "dynamic-import": name.startsWith("tree-sitter-") },
    sourcefile: name,
    sourcemap: production ? false : "external",
    legalComments: "none",
  });
  mkdirSync(dirname(file.path), { recursive: true });
  writeFileSync(file.path, production ? code : `${code}//# sourceMappingURL=${name}.map\n`);
  if (!production) writeFileSync(`${file.path}.map`, map);
}
