import ignore, { type Ignore } from "ignore";
import { foldName } from "./fold-name.ts";
import { pathStyle, wayInside } from "./path-style.ts";
import type { SensitivePaths } from "./sensitive-paths.ts";

/** Where the patterns of a table count from. */
export interface SensitivePlaces {
  /** Open folders, by every path they are known under. */
  readonly folders: readonly string[];
  /** The home folder, by every path it is known under. */
  readonly homes: readonly string[];
  readonly platform: NodeJS.Platform;
}

/** The library remembers its answer for every path that it was asked about, and never forgets one. */
const MOST_REMEMBERED = 20_000;

interface CompiledPaths {
  readonly anywhere: Ignore;
  readonly inProject: Ignore;
  readonly inHome: Ignore;
}

function compile({ anywhere, inProject, inHome }: SensitivePaths): CompiledPaths {
  const rules = (patterns: readonly string[]): Ignore => ignore({ ignorecase: false }).add(patterns);
  return { anywhere: rules(anywhere), inProject: rules(inProject), inHome: rules(inHome) };
}

/** Tells whether a path is in a table. Letter case and Unicode composition never count, whatever the volume does. */
export class SensitiveMatcher {
  readonly #table: SensitivePaths;
  #rules: CompiledPaths;
  #answers = 0;

  constructor(table: SensitivePaths) {
    this.#table = table;
    this.#rules = compile(table);
  }

  /** `path` is absolute; it need not exist. */
  matches(path: string, places: SensitivePlaces): boolean {
    if (++this.#answers % MOST_REMEMBERED === 0) this.#rules = compile(this.#table);
    const { anywhere, inProject, inHome } = this.#rules;
    const { platform } = places;
    const { root, folders, homes } = foldPlaces(path, places);
    const folded = foldName(path);
    const within = (base: string): string | undefined => wayInside(base, folded, platform);
    return (
      isListed(anywhere, within(root)) ||
      folders.some(({ folder, parent }) => within(folder) !== undefined && isListed(inProject, within(parent))) ||
      homes.some((home) => isListed(inHome, within(home)))
    );
  }
}

interface FoldedPlaces {
  readonly folders: readonly { readonly folder: string; readonly parent: string }[];
  readonly homes: readonly string[];
}

const folds = new WeakMap<SensitivePlaces, FoldedPlaces>();

/** The same places may be asked about for every file of a search. */
function foldPlaces(path: string, places: SensitivePlaces): FoldedPlaces & { readonly root: string } {
  const { parse, dirname } = pathStyle(places.platform);
  const known = folds.get(places) ?? {
    folders: places.folders.map((folder) => ({ folder: foldName(folder), parent: foldName(dirname(folder)) })),
    homes: places.homes.map(foldName),
  };
  folds.set(places, known);
  return { ...known, root: foldName(parse(path).root) };
}

function isListed(rules: Ignore, way: string | undefined): boolean {
  return way !== undefined && way !== "" && rules.ignores(way);
}
