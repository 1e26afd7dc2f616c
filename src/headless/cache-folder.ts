import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The folder in which `npm start` and `npm test` keep the npm VS Code: the one that scripts/paths.mjs chooses. */
export function cacheFolder(): string {
  const { OUTCROP_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (OUTCROP_CACHE) return resolve(OUTCROP_CACHE);
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "outcrop");
  if (process.platform === "win32") return join(LOCALAPPDATA || homedir(), "outcrop", "cache");
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "outcrop");
}
