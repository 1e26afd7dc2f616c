import { readdirSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./paths.mjs";

/** Most milliseconds that the tests of one file may take together. */
const fileLimit = 240_000;

export const hostTestFolder = join(repositoryRoot, "test", "host");

/**
 * All host tests, or those whose names hold one of the parts that `OUTCROP_HOST_TESTS` lists, with commas between.
 * @returns {readonly string[]} names in `hostTestFolder`, in order: window-close, which ends the extension, comes last
 * @throws {Error} where there is none
 */
export function wantedHostTests() {
  const all = readdirSync(hostTestFolder, { recursive: true, encoding: "utf8" });
  const wanted = (process.env["OUTCROP_HOST_TESTS"] ?? "").split(",");
  const names = all.filter((name) => name.endsWith(".test.ts") && wanted.some((part) => name.includes(part))).sort();
  if (names.length === 0) throw new Error("test/host has no such *.test.ts");
  return names;
}

/**
 * Bundles host tests into `out/test/host/all-tests.cjs` and their runner into `index.cjs` beside it.
 * @param {readonly string[]} names of files in `hostTestFolder`
 * @returns {Promise<string>} the runner, which is what `extensionTestsPath` takes
 */
export async function buildHostTests(names) {
  const { build } = await import("esbuild");
  const folder = join(repositoryRoot, "out", "test", "host");
  /** @type {import("esbuild").BuildOptions} */
  const options = {
    absWorkingDir: repositoryRoot,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    external: ["vscode"],
    sourcemap: "inline",
    logLevel: "warning",
  };
  await build({ ...options, entryPoints: ["test/host/index.ts"], outfile: join(folder, "index.cjs") });
  await build({
    ...options,
    stdin: {
      contents: wrapInSuites(names),
      resolveDir: hostTestFolder,
      sourcefile: "all-tests.js",
    },
    outfile: join(folder, "all-tests.cjs"),
  });
  return join(folder, "index.cjs");
}

/**
 * One suite around all, whose end is the end of the run, and in it one for each file, to which the file's own hooks belong.
 * @param {readonly string[]} names
 * @returns {string}
 */
function wrapInSuites(names) {
  const files = names.map((name) => {
    const path = `./${name.replaceAll("\\", "/")}`;
    return `suite(${JSON.stringify(name)}, { timeout: ${fileLimit} }, () => { require(${JSON.stringify(path)}); });`;
  });
  return `const { suite } = require("node:test");\nsuite("host", () => {\n${files.join("\n")}\n});`;
}
