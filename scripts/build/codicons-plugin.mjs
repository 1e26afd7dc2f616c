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

/** @param {string} name */
async function readIcon(name) {
  const source = await readFile(join(folder, `${name}.svg`), "utf8").catch(() => undefined);
  if (source === undefined) throw new Error(`webview/icons.json names "${name}", which is no codicon.`);
  const viewBox = /viewBox="([^"]+)"/.exec(source)?.[1];
  const paths = [...source.matchAll(/<path\b[^>]*?\sd="([^"]+)"/g)].map((match) => match[1]);
  if (viewBox === undefined || paths.length === 0 || /<(?!\/|svg|path)/.test(source)) {
    throw new Error(`The codicon "${name}" consists of more than paths; choose another one.`);
  }
  return { viewBox, paths, evenOdd: source.includes('fill-rule="evenodd"') };
}
