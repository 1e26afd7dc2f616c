import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { optimize } from "svgo";
import { repositoryRoot } from "../paths.mjs";

const list = join(repositoryRoot, "webview", "icons.json");
const folder = join(repositoryRoot, "node_modules", "@vscode", "codicons", "src", "icons");

/** The side of an icon in pixels, as `webview/styles/icon.css` draws it. */
const side = 16;

/**
 * Resolves `virtual:codicons` to a style sheet with the shape of each icon named in `webview/icons.json`, as a clip path: no font,
 * which the policy forbids, and no SVG element, which Chromium visits in every frame (`docs/decisions/0017-icons-as-clip-paths.md`).
 * @returns {import("esbuild").Plugin}
 */
export function codicons() {
  return {
    name: "codicons",
    setup: (build) => {
      build.onResolve({ filter: /^virtual:codicons$/ }, ({ path }) => ({ path, namespace: "codicons" }));
      build.onLoad({ filter: /.*/, namespace: "codicons" }, async () => ({
        contents: await drawIcons(),
        loader: "css",
        watchFiles: [list],
      }));
    },
  };
}

async function drawIcons() {
  /** @type {readonly string[]} */
  const names = JSON.parse(await readFile(list, "utf8"));
  const rules = await Promise.all(names.map(async (name) => `.icon-${name} { clip-path: ${await readShape(name)}; }`));
  return rules.join("\n");
}

/**
 * Paths of one icon as one: where a path of it is filled by the even-odd rule all are, which is the same as long as they do not overlap.
 * Two decimals are more than a screen shows. A path may begin with a relative move, hence `M0 0`.
 * @param {string} name
 */
async function readShape(name) {
  const source = await readFile(join(folder, `${name}.svg`), "utf8").catch(() => undefined);
  if (source === undefined) throw new Error(`webview/icons.json names "${name}", which is no codicon.`);
  const width = Number(/viewBox="0 0 (\d+) \1"/.exec(source)?.[1]);
  if (Number.isNaN(width) || /<(?!\/|svg|path)/.test(source)) {
    throw new Error(`The codicon "${name}" is no square of nothing but paths; choose another one.`);
  }
  const scaled = width === side ? source : source.replaceAll("<path", `<path transform="scale(${side / width})"`);
  const { data } = optimize(scaled, { plugins: [{ name: "convertPathData", params: { floatPrecision: 2 } }] });
  const path = [...data.matchAll(/\sd="([^"]+)"/g)].map((match) => match[1]).join("M0 0");
  return `path(${source.includes('fill-rule="evenodd"') ? "evenodd, " : ""}"${path}")`;
}
