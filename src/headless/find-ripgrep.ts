import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { editorRipgreps, firstRipgrep, pathRipgreps } from "../tools/ripgrep-candidates.ts";
import type { Ripgrep, WorkspaceFolder } from "../tools/workspace.ts";

/** ripgrep of the PATH, else of the VS Code that `npm start` and `npm test` keep in the user's cache; undefined = the slow search. */
export async function findRipgrep(folders: readonly WorkspaceFolder[]): Promise<Ripgrep | undefined> {
  return firstRipgrep([...pathRipgreps(), ...(await cachedRipgreps())], folders);
}

async function cachedRipgreps(): Promise<readonly Ripgrep[]> {
  return (await codeServersIn(cacheFolder())).flatMap((server) => editorRipgreps(server));
}

/** The folder that scripts/paths.mjs chooses; a relative one is not looked into. */
function cacheFolder(): string {
  const { OUTCROP_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (OUTCROP_CACHE !== undefined && isAbsolute(OUTCROP_CACHE)) return OUTCROP_CACHE;
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "outcrop");
  if (process.platform === "win32") return join(LOCALAPPDATA ?? homedir(), "outcrop", "cache");
  return join(XDG_CACHE_HOME ?? join(homedir(), ".cache"), "outcrop");
}

async function codeServersIn(cache: string): Promise<readonly string[]> {
  const names = await readdir(cache).catch((): string[] => []);
  return names
    .filter((name) => name.startsWith("code-server-"))
    .toSorted()
    .toReversed()
    .map((name) => join(cache, name, "node_modules", "code-server", "lib", "vscode"));
}
