import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../paths.mjs";

/**
 * Removes the scripts of the build before: old chunks carry other hashes in their names and would stay for ever.
 * @param {string} folder below the repository
 * @returns {import("esbuild").Plugin}
 */
export function clearScripts(folder) {
  const path = join(repositoryRoot, folder);
  return {
    name: "clear-scripts",
    setup: (build) => {
      if (build.initialOptions.write === false) return;
      build.onStart(() => {
        mkdirSync(path, { recursive: true });
        for (const name of readdirSync(path)) if (/\.js(\.map)?$/.test(name)) rmSync(join(path, name));
      });
    },
  };
}
