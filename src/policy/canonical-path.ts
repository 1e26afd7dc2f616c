import { readlink, realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** As many as Linux follows. */
const mostLinks = 40;

/**
 * The real path of what a call touches: links resolved for what exists, and for the deepest existing parent of what
 * does not, so that a path through a link is judged by where it leads. That holds for a link that leads to nothing,
 * too: writing to it makes its target. Throws where links lead in a circle.
 */
export async function canonicalPath(path: string): Promise<string> {
  return resolveLinks(path, mostLinks);
}

async function resolveLinks(path: string, linksLeft: number): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    if (parent === path) return path;
    const folder = await resolveLinks(parent, linksLeft);
    const target = await linkTarget(join(folder, basename(path)));
    if (target === undefined) return join(folder, basename(path));
    if (linksLeft === 0) throw new Error(`${path}: too many links.`);
    return resolveLinks(resolve(folder, target), linksLeft - 1);
  }
}

/** Undefined where there is no link. */
async function linkTarget(path: string): Promise<string | undefined> {
  return readlink(path).catch(() => undefined);
}

/** Whether `path` is `folder` or lies below it. Both canonical. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  // On Windows `relative` answers with an absolute path for another drive.
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
