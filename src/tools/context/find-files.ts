import { join } from "node:path";
import type { FilesGuard } from "../files-guard.ts";
import type { ListEngine } from "../listing/list-engine.ts";
import { ripgrepList } from "../listing/ripgrep-list.ts";
import { showPath } from "../resolve-path.ts";
import type { FindRipgrep } from "../search-files.ts";
import type { Workspace } from "../workspace.ts";
import { rankPaths } from "./rank-files.ts";

/** Files that are known; what is behind them is found by no name. */
const mostFiles = 50_000;
const mostFound = 40;
const listTimeMs = 10_000;
/** For so long a list counts as what there is: as a person types, it is not made anew with each letter. */
const freshMs = 10_000;

export interface FindFilesPorts {
  readonly workspace: Workspace;
  readonly findRipgrep: FindRipgrep;
  /** Globs as .gitignore has them of what the user does not want to see. */
  readonly excluded: () => readonly string[];
  /** Absolute paths of the editors that are open, the latest first. */
  readonly openFiles: () => readonly string[];
  readonly now: () => number;
}

export interface FoundPath {
  readonly kind: "file" | "folder";
  /** As shown. */
  readonly path: string;
}

interface Listing {
  readonly at: number;
  /** Absolute paths by paths as shown. */
  readonly files: Promise<ReadonlyMap<string, string>>;
}

/** Finds files and folders of the workspace by what a person types of their names. */
export class FileFinder {
  readonly #ports: FindFilesPorts;
  #listing: Listing | undefined;

  constructor(ports: FindFilesPorts) {
    this.#ports = ports;
  }

  /** The best first, open editors before all others; nothing that the guard withholds. */
  async find(query: string, guard: FilesGuard): Promise<readonly FoundPath[]> {
    const files = await this.#files();
    const { workspace, openFiles } = this.#ports;
    const folders = workspace.folders();
    const opened = openFiles().map((path) => showPath(path, folders));
    const open = new Set(opened.filter((path) => files.has(path)));
    const all = query === "" ? new Set([...open, ...files.keys()]) : files.keys();
    const best = rankPaths(query, all, { open, most: mostFound });
    const named =
      query === "" ? [] : rankPaths(query, foldersOf(files.keys()), { open: new Set(), most: mostFound / 4 });
    const seen = await this.#withoutWithheld(best, files, guard);
    return [
      ...seen.map((path): FoundPath => ({ kind: "file", path })),
      ...named.map((path): FoundPath => ({ kind: "folder", path })),
    ];
  }

  async #withoutWithheld(
    paths: readonly string[],
    files: ReadonlyMap<string, string>,
    guard: FilesGuard,
  ): Promise<readonly string[]> {
    const mayBeWithheld = await guard.withheldNames();
    const told: string[] = [];
    for (const path of paths) {
      const file = files.get(path);
      if (file !== undefined && !(mayBeWithheld(file) && (await guard.isWithheld(file, file)))) told.push(path);
    }
    return told;
  }

  #files(): Promise<ReadonlyMap<string, string>> {
    const { now } = this.#ports;
    if (this.#listing === undefined || now() - this.#listing.at > freshMs) {
      const files = this.#list();
      const listing = { at: now(), files };
      this.#listing = listing;
      files.catch(() => {
        if (this.#listing === listing) this.#listing = undefined;
      });
    }
    return this.#listing.files;
  }

  async #list(): Promise<ReadonlyMap<string, string>> {
    const { workspace, findRipgrep, excluded } = this.#ports;
    const folders = workspace.folders();
    const ripgrep = await findRipgrep(folders);
    const engine = ripgrep === undefined ? await slowEngine() : ripgrepList(ripgrep.path);
    const globs = excluded().map((glob) => `!${glob}`);
    const found = new Map<string, string>();
    for (const { path: root } of folders) {
      const deadline = AbortSignal.timeout(listTimeMs);
      const request = { root, start: "", globs, includeIgnored: false, mostFiles: mostFiles - found.size, deadline };
      const { paths } = await engine(request, new AbortController().signal);
      for (const path of paths) {
        const file = join(root, path);
        found.set(folders.length === 1 ? path : showPath(file, folders), file);
      }
    }
    return found;
  }
}

function foldersOf(files: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let end = file.lastIndexOf("/"); end > 0; end = file.lastIndexOf("/", end - 1)) {
      const folder = file.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

/** Loaded where no ripgrep is found. */
async function slowEngine(): Promise<ListEngine> {
  return (await import("../listing/slow-list.ts")).slowList;
}
