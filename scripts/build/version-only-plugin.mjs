import { readFileSync } from "node:fs";

/**
 * The AWS SDK's clients read their whole `package.json` for the version that they tell in `User-Agent`; only that is bundled.
 * @returns {import("esbuild").Plugin}
 */
export function versionOnly() {
  return {
    name: "version-only",
    setup: (build) => {
      build.onLoad({ filter: /[\\/]@aws-sdk[\\/][^\\/]+[\\/]package\.json$/ }, ({ path }) => {
        const { version } = JSON.parse(readFileSync(path, "utf8"));
        return { contents: JSON.stringify({ version }), loader: "json" };
      });
    },
  };
}
