import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { foldersUp, linkedFolder } from "./git-config-programs.ts";
import { trackedNames } from "./tracked-names.ts";

/**
 * Absolute paths of the files that git tracks in the repository around a folder, none where there is no repository.
 * Undefined where it cannot be told. What only its history knows is not among them.
 */
export async function trackedFiles(folder: string): Promise<readonly string[] | undefined> {
  for (const parent of foldersUp(folder)) {
    const gitFolder = await gitFolderIn(parent);
    if (gitFolder === undefined) return undefined;
    const isRepository = (await read(join(gitFolder, "HEAD"))) !== undefined;
    if (!isRepository) continue;
    const index = await read(join(gitFolder, "index"));
    if (index === undefined) return [];
    const names = trackedNames(index, (await usesSha256(gitFolder)) ? 32 : 20);
    return names?.map((name) => join(parent, name));
  }
  return [];
}

async function gitFolderIn(parent: string): Promise<string | undefined> {
  const file = await read(join(parent, ".git"));
  return file === undefined ? join(parent, ".git") : linkedFolder(parent, file.toString("utf8"));
}

async function usesSha256(gitFolder: string): Promise<boolean> {
  const common = (await read(join(gitFolder, "commondir")))?.toString("utf8").trim();
  const config = await read(join(common === undefined ? gitFolder : resolve(gitFolder, common), "config"));
  return /^\s*objectformat\s*=\s*"?sha256/im.test(config?.toString("utf8") ?? "");
}

async function read(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(() => undefined);
}
