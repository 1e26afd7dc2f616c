import { join } from "node:path";
import { repositoryRoot } from "../paths.mjs";
import { clearScripts } from "./clear-scripts-plugin.mjs";
import { codicons } from "./codicons-plugin.mjs";
import { withoutModules } from "./without-modules-plugin.mjs";

const markdown = join(repositoryRoot, "webview", "markdown");

/**
 * The panel: one script for the first paint with what it shares with others, chunks that are loaded when they are first needed
 * (every `import()`), one style sheet. The usage view: a page of its own.
 * @param {{ readonly production: boolean }} options
 * @returns {import("esbuild").BuildOptions}
 */
export function webviewBundle({ production }) {
  return {
    absWorkingDir: repositoryRoot,
    entryPoints: [
      { in: "webview/main.tsx", out: "panel" },
      { in: "webview/panel.css", out: "panel" },
      { in: "webview/usage/main.tsx", out: "usage" },
      { in: "webview/usage/usage.css", out: "usage" },
    ],
    outdir: "dist/webview",
    bundle: true,
    splitting: true,
    format: "esm",
    chunkNames: "[name]-[hash]",
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
    // Tables of markdown-it that a browser has, or that the panel needs little of: docs/decisions/0007 and 0012.
    alias: {
      entities: join(markdown, "character-references.ts"),
      "linkify-it": join(markdown, "plain-links.ts"),
      "uc.micro": join(markdown, "punctuation.ts"),
    },
    // markdown-it's own rewriting of addresses, which the panel replaces: webview/markdown/parse-blocks.ts.
    plugins: [clearScripts("dist/webview"), codicons(), withoutModules(["mdurl", "punycode.js"])],
  };
}
