import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../paths.mjs";

/** What the end-to-end tests photograph on their way, by scene: `out/screenshots/<name>.png`. */
const names = [
  ...["identity-first-run", "identity-two-profiles", "identity-expired", "identity-signed-in"],
  ...["models-picker", "models-residency", "routed", "failover-pick"],
  ...["near-cap", "pause-dialog", "usage-view", "diagnose-passed", "diagnose-failed", "inspect-request"],
];

/**
 * Copies the pictures of the latest end-to-end run into `folder`, as `window-<name>.png`.
 * @param {string} folder
 * @returns {readonly string[]} the names of those that no run has made
 */
export function keepScreenshots(folder) {
  const taken = names.map((name) => ({ name, path: join(repositoryRoot, "out", "screenshots", `${name}.png`) }));
  for (const { name, path } of taken) if (existsSync(path)) copyFileSync(path, join(folder, `window-${name}.png`));
  return taken.filter(({ path }) => !existsSync(path)).map(({ name }) => name);
}
