import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryRoot } from "../paths.mjs";

const list = join(repositoryRoot, "webview", "icons.json");
const folder = join(repositoryRoot, "node_modules", "@vscode", "codicons", "src", "icons");

/**
 * Resolves `virtual:codicons` to the path data of the icons named in `webview/icons.json`. Paths rather than markup, since the
 * panel's Trusted Types policy lets no HTML string in.
 * @returns {import("esbuild").Plugin}
 */
export function codicons() {
  return {
    name: "codicons",
    setup: (build) => {
      build.onResolve({ filter: /^virtual:codicons$/ }, ({ path }) => ({ path, namespace: "codicons" }));
      build.onLoad({ filter: /.*/, namespace: "codicons" }, async () => ({
        contents: JSON.stringify(await readIcons()),
        loader: "json",
        watchFiles: [list],
      }));
    },
  };
}

async function readIcons() {
  /** @type {readonly string[]} */
  const names = JSON.parse(await readFile(list, "utf8"));
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readIcon(name)])));
}

/**
 * Two decimals, of the 16 units that an icon is wide: no screen shows more. Only digits behind the point change, since numbers
 * and an arc's flags may follow each other without anything in between.
 * @param {string} path @returns {string}
 */
function roundNumbers(path) {
  return path.replace(/\.(\d{3,})/g, (_, digits) => {
    const hundredths = Math.min(99, Math.round(Number(`0.${digits}`) * 100));
    return `.${String(hundredths).padStart(2, "0").replace(/0$/, "")}`;
  });
}

/** @param {string} name */
async function readIcon(name) {
  const source = await readFile(join(folder, `${name}.svg`), "utf8").catch(() => undefined);
  if (source === undefined) throw new Error(`webview/icons.json names "${name}", which is no codicon.`);
  const viewBox = /viewBox="([^"]+)"/.exec(source)?.[1];
  const paths = [...source.matchAll(/<path\b[^>]*?\sd="([^"]+)"/g)].map((match) => roundNumbers(match[1] ?? ""));
  if (viewBox === undefined || paths.length === 0 || /<(?!\/|svg|path)/.test(source)) {
    throw new Error(`The codicon "${name}" consists of more than paths; choose another one.`);
  }
  return { viewBox, paths, evenOdd: source.includes('fill-rule="evenodd"') };
}
