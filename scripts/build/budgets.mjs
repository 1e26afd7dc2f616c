import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { repositoryRoot } from "../paths.mjs";

/** @typedef {{ readonly name: string, readonly size: number, readonly zipped: number, readonly limit: number | undefined, readonly zippedLimit: number | undefined }} Measure */

const folder = join(repositoryRoot, "dist");
const kibibyte = 1024;

/**
 * Measures what was built. Limits hold for the minified build only.
 * @param {import("esbuild").Metafile} host the metafile of the host bundle
 * @returns {readonly Measure[]}
 */
export function measureBuild(host) {
  const activation = requiredFiles(host, "dist/extension.cjs");
  const lazy = Object.entries(host.outputs).flatMap(([output, { entryPoint }]) =>
    // The AWS SDK's own lazy parts, such as its credential providers, are its own affair.
    entryPoint?.startsWith("src/") && entryPoint !== "src/extension.ts" ? [{ output, entryPoint }] : [],
  );
  return [
    measure("activation", activation, 150),
    ...lazy.map(({ output, entryPoint }) =>
      measure(
        `first use of ${entryPoint}`,
        requiredFiles(host, output).filter((file) => !activation.includes(file)),
        480,
      ),
    ),
    measure("panel.js", ["webview/panel.js"], 220, 80),
    measure("highlight.js", ["webview/highlight.js"], 100, 32),
    measure("panel.css", ["webview/panel.css"], 60),
    measure("usage view", ["webview/usage.js", "webview/usage.css"], 60),
  ];
}

/** @param {Measure} result @returns {boolean} */
export function isOverBudget({ size, zipped, limit, zippedLimit }) {
  return (limit !== undefined && size > limit) || (zippedLimit !== undefined && zipped > zippedLimit);
}

/** @param {Measure} result @returns {string} one line, sizes in KiB */
export function describeMeasure({ name, size, zipped, limit, zippedLimit }) {
  const budget = limit === undefined ? "" : `, at most ${kib(limit)}${zippedLimit ? ` / ${kib(zippedLimit)} gz` : ""}`;
  return `${name}: ${kib(size)} / ${kib(zipped)} gz KiB${budget}`;
}

/**
 * @param {string} name @param {readonly string[]} files below dist
 * @param {number} [limit] KiB @param {number} [zippedLimit] KiB
 * @returns {Measure}
 */
function measure(name, files, limit, zippedLimit) {
  const paths = files.map((file) => join(folder, file));
  return {
    name,
    size: paths.reduce((sum, path) => sum + statSync(path).size, 0),
    zipped: paths.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0),
    limit: limit === undefined ? undefined : limit * kibibyte,
    zippedLimit: zippedLimit === undefined ? undefined : zippedLimit * kibibyte,
  };
}

/**
 * @param {import("esbuild").Metafile} host
 * @param {string} entry such as dist/extension.cjs
 * @returns {readonly string[]} the files that a `require` of it reads at once, itself included
 */
function requiredFiles({ outputs }, entry) {
  /** @type {Set<string>} */
  const seen = new Set();
  const visit = (/** @type {string} */ path) => {
    const output = outputs[path];
    if (output === undefined || seen.has(path)) return;
    seen.add(path);
    for (const { kind, path: imported } of output.imports) if (kind === "import-statement") visit(imported);
  };
  visit(entry);
  return [...seen].map((path) => basename(path));
}

/** @param {number} bytes @returns {string} */
function kib(bytes) {
  return (bytes / kibibyte).toFixed(1);
}
