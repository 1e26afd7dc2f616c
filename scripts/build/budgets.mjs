import { readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { repositoryRoot } from "../paths.mjs";

/** @typedef {{ readonly name: string, readonly size: number, readonly zipped: number, readonly limit: number | undefined, readonly zippedLimit: number | undefined }} Measure */

const folder = join(repositoryRoot, "dist");
const kibibyte = 1024;

/**
 * Measures what was built. Limits hold for the minified build only.
 * @param {import("esbuild").Metafile} host the metafile of the host bundle
 * @param {import("esbuild").Metafile} webview that of the panel and the usage view
 * @returns {readonly Measure[]}
 */
export function measureBuild(host, webview) {
  const activation = requiredFiles(host, "dist/extension.cjs");
  const chat = lazyParts(host).find(({ entryPoint }) => entryPoint === "src/compose-chat.ts");
  // Nothing else of the host is loaded before the chat is.
  const before = new Set([...activation, ...(chat === undefined ? [] : requiredFiles(host, chat.output))]);
  const panel = requiredFiles(webview, "dist/webview/panel.js");
  return [
    measure("activation", activation, 150),
    ...lazyParts(host).map(({ output, entryPoint }) =>
      measure(
        `first use of ${entryPoint}`,
        requiredFiles(host, output).filter(
          (file) => !(output === chat?.output ? activation.includes(file) : before.has(file)),
        ),
        480,
      ),
    ),
    measure("panel.js", panel, 220, 80),
    ...lazyParts(webview).map(({ output, entryPoint }) =>
      measure(
        `first use of ${entryPoint}`,
        requiredFiles(webview, output).filter((file) => !panel.includes(file)),
        100,
        32,
      ),
    ),
    measure("panel.css", ["webview/panel.css"], 60),
    measure("usage view", [...requiredFiles(webview, "dist/webview/usage.js"), "webview/usage.css"], 70),
  ];
}

const entries = ["src/extension.ts", "webview/main.tsx", "webview/usage/main.tsx"];

/**
 * What is loaded when it is first used. The AWS SDK's own lazy parts, such as its credential providers, are its own affair.
 * @param {import("esbuild").Metafile} bundle
 * @returns {readonly { readonly output: string, readonly entryPoint: string }[]}
 */
function lazyParts({ outputs }) {
  return Object.entries(outputs).flatMap(([output, { entryPoint }]) =>
    entryPoint !== undefined && /^(src|webview)\/.*\.tsx?$/.test(entryPoint) && !entries.includes(entryPoint)
      ? [{ output, entryPoint }]
      : [],
  );
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
 * @param {import("esbuild").Metafile} bundle
 * @param {string} entry such as dist/extension.cjs
 * @returns {readonly string[]} the files below dist that its loading reads at once, itself included
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
  return [...seen].map((path) => relative("dist", path));
}

/** @param {number} bytes @returns {string} */
function kib(bytes) {
  return (bytes / kibibyte).toFixed(1);
}
