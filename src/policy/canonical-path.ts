import { realpath } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";

/**
 * The real path of what a call touches: links resolved for what exists, and for the deepest existing parent of what
 * does not, so that a path through a link is judged by where it leads.
 */
export async function canonicalPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await canonicalPath(parent), basename(path));
  }
}

/** Whether `path` is `folder` or lies below it. Both canonical. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsoluteWay(way));
}

/** On Windows `relative` answers with an absolute path for another drive. */
function isAbsoluteWay(way: string): boolean {
  return /^([a-zA-Z]:|\\\\|\/)/.test(way);
}
