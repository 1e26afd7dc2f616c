import { lstat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { ToolError } from "../agent/tool.ts";
import { checkPathText } from "./check-path-text.ts";
import type { WorkspaceFolder } from "./workspace.ts";

export interface ResolvedPath {
  /** Absolute, `.` and `..` resolved, links not followed. */
  readonly path: string;
  /** How the path is written for the user and the model; see `showPath`. */
  readonly shown: string;
  /** The workspace folder that holds the path, judged by its text alone; undefined = outside. */
  readonly folder: WorkspaceFolder | undefined;
}

/**
 * Turns a path of the model into an absolute one: as it is when absolute, else below the workspace folder; with several folders
 * below the one whose name it starts with, or the only one that has it.
 * Throws a `ToolError` that starts with E_PATH for what is no path or names two places, E_OUTSIDE where no folder is open.
 */
export async function resolvePath(input: string, folders: readonly WorkspaceFolder[]): Promise<ResolvedPath> {
  checkPathText(input);
  const path = isAbsolute(input) ? resolve(input) : await resolveRelative(input, folders);
  return { path, shown: showPath(path, folders), folder: innermostFolder(path, folders) };
}

/** Workspace-relative with `/`, after the folder's name where several are open; absolute outside and where two folders share the name. */
export function showPath(path: string, folders: readonly WorkspaceFolder[]): string {
  const folder = innermostFolder(path, folders);
  if (folder === undefined) return path;
  const inner = relative(folder.path, path).split(sep).join("/");
  if (folders.length === 1) return inner === "" ? "." : inner;
  if (folders.filter(({ name }) => name === folder.name).length > 1) return path;
  return inner === "" ? folder.name : `${folder.name}/${inner}`;
}

/** Whether `path` is `folder` or lies below it, by the text of both, links not followed; a sibling with the same beginning does not. */
export function isInsideByText(folder: string, path: string): boolean {
  const inner = relative(folder, path);
  return inner !== ".." && !inner.startsWith(`..${sep}`) && !isAbsolute(inner);
}

function innermostFolder(path: string, folders: readonly WorkspaceFolder[]): WorkspaceFolder | undefined {
  return folders
    .filter((folder) => isInsideByText(folder.path, path))
    .toSorted((a, b) => b.path.length - a.path.length)
    .at(0);
}

async function resolveRelative(input: string, folders: readonly WorkspaceFolder[]): Promise<string> {
  const [first, ...others] = folders;
  if (first === undefined) {
    throw new ToolError("E_OUTSIDE No folder is open in the editor, so a relative path leads nowhere.");
  }
  if (others.length === 0) return join(first.path, input);
  const [head = "", ...rest] = input.split(/[\\/]+/);
  const named = folders.filter(({ name }) => name === head).map((folder) => join(folder.path, ...rest));
  const candidates = [...new Set([...named, ...folders.map((folder) => join(folder.path, input))])];
  const present = await Promise.all(candidates.map(exists));
  const existing = candidates.filter((_, index) => present[index]);
  const chosen = existing.length === 0 ? named : existing;
  const [only, ...more] = chosen;
  if (only !== undefined && more.length === 0) return only;
  const places = (chosen.length === 0 ? candidates : chosen).map((path) => `- ${showPath(path, folders)} (${path})`);
  const problem = existing.length === 0 ? "is in none of the open folders" : "is in more than one place";
  throw new ToolError(
    `E_PATH ${input} ${problem}. Start the path with the folder's name or give an absolute one:\n${places.join("\n")}`,
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
