import { join } from "node:path";
import { repositoryRoot } from "../paths.mjs";
import { codicons } from "./codicons-plugin.mjs";
import { withoutModules } from "./without-modules-plugin.mjs";

/**
 * The panel: one script for the first paint, one for highlighting that is loaded later, one style sheet. The usage view: a page of its own.
 * @param {{ readonly production: boolean }} options
 * @returns {import("esbuild").BuildOptions}
 */
export function webviewBundle({ production }) {
  return {
    absWorkingDir: repositoryRoot,
    entryPoints: [
      { in: "webview/main.tsx", out: "panel" },
      { in: "webview/panel.css", out: "panel" },
      { in: "webview/highlight.ts", out: "highlight" },
      { in: "webview/usage/main.tsx", out: "usage" },
      { in: "webview/usage/usage.css", out: "usage" },
    ],
    outdir: "dist/webview",
    bundle: true,
    format: "iife",
    platform: "browser",
    target: ["chrome120", "es2022"],
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: production,
    legalComments: "none",
    sourcemap: production ? false : "linked",
    define: { "process.env.NODE_ENV": '"production"' },
    metafile: true,
    logLevel: "warning",
    // The names of HTML 4 instead of all 2,125: docs/decisions/0007-character-references.md.
    alias: { entities: join(repositoryRoot, "webview", "markdown", "character-references.ts") },
    // markdown-it's own rewriting of addresses, which the panel replaces: webview/markdown/parse-blocks.ts.
    plugins: [codicons(), withoutModules(["mdurl", "punycode.js"])],
  };
}
