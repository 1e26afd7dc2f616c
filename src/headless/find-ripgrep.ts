import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { editorRipgreps, firstRipgrep, pathRipgreps } from "../tools/ripgrep-candidates.ts";
import type { Ripgrep, WorkspaceFolder } from "../tools/workspace.ts";
import { cacheFolder } from "./cache-folder.ts";

/** ripgrep of the PATH, else of the VS Code that `npm start` and `npm test` keep in the user's cache; undefined = the slow search. */
export async function findRipgrep(folders: readonly WorkspaceFolder[]): Promise<Ripgrep | undefined> {
  return firstRipgrep([...pathRipgreps(), ...(await cachedRipgreps())], folders);
}

async function cachedRipgreps(): Promise<readonly Ripgrep[]> {
  return (await codeServersIn(cacheFolder())).flatMap((server) => editorRipgreps(server));
}

async function codeServersIn(cache: string): Promise<readonly string[]> {
  const names = await readdir(cache).catch((): string[] => []);
  return names
    .filter((name) => name.startsWith("code-server-"))
    .toSorted()
    .toReversed()
    .map((name) => join(cache, name, "node_modules", "code-server", "lib", "vscode"));
}
