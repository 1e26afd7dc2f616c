import { type FileHandle, lstat, mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { openFolder, pathThrough } from "../tools/open-no-follow.ts";

/** Opens the folder by its real path, made with those above it where they are missing, each within the one before. */
export async function openOrMakeFolder(canonical: string): Promise<FileHandle> {
  const isThere = (await lstat(canonical).catch(() => undefined)) !== undefined;
  const parent = dirname(canonical);
  if (isThere || parent === canonical) return openFolder(canonical);
  const above = await openOrMakeFolder(parent);
  try {
    // Made by someone else meanwhile is as good; what it is, the opening sees.
    await mkdir(join(pathThrough(above, parent), basename(canonical))).catch((error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    });
    return await openFolder(canonical);
  } finally {
    await above.close();
  }
}
