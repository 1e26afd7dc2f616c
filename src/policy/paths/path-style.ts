import { type PlatformPath, posix, win32 } from "node:path";

/** The rules for the text of paths on this platform. */
export function pathStyle(platform: NodeJS.Platform): PlatformPath {
  return platform === "win32" ? win32 : posix;
}

/** The way from the folder to the path with `/`, "" for the folder itself; undefined = it is not inside. Both absolute. */
export function wayInside(folder: string, path: string, platform: NodeJS.Platform): string | undefined {
  const { relative, isAbsolute, sep } = pathStyle(platform);
  const way = relative(folder, path);
  // On Windows `relative` answers with an absolute path for another drive.
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) return undefined;
  return way.split(sep).join("/");
}
