import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { isInsideByText } from "./resolve-path.ts";
import type { Ripgrep, WorkspaceFolder } from "./workspace.ts";

/** What decides where ripgrep may be; `process` fits. */
export interface RipgrepMachine {
  readonly platform: string;
  readonly arch: string;
  readonly env: { readonly [name: string]: string | undefined };
}

/** Folders of ripgrep packages inside `appRoot/node_modules`, newest first: `-universal` came with VS Code 1.122, the unscoped name left with 1.72. */
const PACKAGES = ["@vscode/ripgrep-universal", "@vscode/ripgrep", "vscode-ripgrep"];
/** Binaries are kept unpacked beside the archive on desktops whose modules are in one. */
const MODULE_FOLDERS = ["node_modules", "node_modules.asar.unpacked"];

/** Where an editor installed at `appRoot` keeps its own ripgrep, in every layout that VS Code has had. */
export function editorRipgreps(appRoot: string, machine: RipgrepMachine = process): readonly Ripgrep[] {
  return PACKAGES.flatMap((name) => {
    const folder = name.endsWith("-universal")
      ? join(name, "bin", `${machine.platform}-${machine.arch}`)
      : join(name, "bin");
    return MODULE_FOLDERS.map(
      (modules): Ripgrep => ({
        path: join(appRoot, modules, folder, executableName(machine)),
        source: "editor",
      }),
    );
  });
}

/** ripgrep on the PATH. Relative entries are left out: they mean the folder that happens to be current. */
export function pathRipgreps(machine: RipgrepMachine = process): readonly Ripgrep[] {
  const [, path = ""] = Object.entries(machine.env).find(([name]) => isPathVariable(name, machine)) ?? [];
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder): Ripgrep => ({ path: join(folder, executableName(machine)), source: "path" }));
}

/** The first candidate that is a program and does not lie in the workspace, by its own path or by what it links to. */
export async function firstRipgrep(
  candidates: readonly Ripgrep[],
  folders: readonly WorkspaceFolder[],
): Promise<Ripgrep | undefined> {
  const paths = folders.map(({ path }) => path);
  const roots = [...paths, ...(await Promise.all(paths.map(realPathOf)))].filter(isText);
  for (const candidate of candidates) {
    const real = await programAt(candidate.path);
    if (real === undefined) continue;
    if (!roots.some((root) => isInsideByText(root, candidate.path) || isInsideByText(root, real)))
      return { ...candidate, path: real };
  }
  return undefined;
}

function executableName({ platform }: RipgrepMachine): string {
  return platform === "win32" ? "rg.exe" : "rg";
}

/** On Windows the variable is usually called Path. */
function isPathVariable(name: string, { platform }: RipgrepMachine): boolean {
  return platform === "win32" ? name.toUpperCase() === "PATH" : name === "PATH";
}

async function programAt(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile() ? await realpath(path) : undefined;
  } catch {
    return undefined;
  }
}

async function realPathOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch {
    return undefined;
  }
}

function isText(value: string | undefined): value is string {
  return value !== undefined;
}
