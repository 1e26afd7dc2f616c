import { lstat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { ToolError } from "../../agent/tool.ts";
import { canonicalPath } from "../canonical-path.ts";
import { foldName } from "./fold-name.ts";
import { linkedNames } from "./linked-places.ts";
import type { PathClass, PathKind } from "./path-class.ts";
import type { PathContext } from "./path-context.ts";
import { wayInside } from "./path-style.ts";
import { judgeContent, readBeginning } from "./secret-content.ts";
import { SensitiveMatcher, type SensitivePlaces } from "./sensitive-matcher.ts";
import { forbidden, ignoredAlways, keyMaterial, protectedPaths, secretText } from "./sensitive-paths.ts";

export interface ClassifiedPath extends PathClass {
  /** The path as given, absolute, where it leads through a link. */
  readonly link: string | undefined;
  /** `special`: a pipe, a socket, a device. */
  readonly entry: "file" | "folder" | "special" | "missing";
  /** How many names a file has; more than 1 = it is also linked elsewhere. */
  readonly names: number;
}

const tables = {
  forbidden: new SensitiveMatcher(forbidden),
  protected: new SensitiveMatcher(protectedPaths),
  key: new SensitiveMatcher(keyMaterial),
  secret: new SensitiveMatcher(secretText),
  ignored: new SensitiveMatcher(ignoredAlways),
};

/**
 * What lies at an absolute path, judged by where its links lead and by its text, whichever is stricter. Without
 * `access` the stricter of both: `protected` and `forbidden` are then said of writes only.
 * Throws a `ToolError` with E_PATH where links lead in a circle.
 */
export async function classifyPath(
  path: string,
  context: PathContext,
  access: "read" | "write" | "either" = "either",
): Promise<ClassifiedPath> {
  const given = resolve(path);
  const canonical = await canonicalPath(given).catch(() => {
    throw new ToolError(`${given} is a link that leads back to itself.`, "E_PATH");
  });
  const places = await placesOf(context);
  const stats = await lstat(canonical).catch(() => undefined);
  const linked = await Promise.all(places.folders.map((folder) => linkedNames(canonical, folder, context.platform)));
  const forms = [...new Set([canonical, given, ...linked.flat()])];
  return {
    place: (await isOpen(canonical, places, { context, access })) ? "inside" : "outside",
    kind: await kindOf({ forms, canonical, entry: entryOf(stats), access }, places, context),
    canonical,
    link: given === canonical ? undefined : given,
    entry: entryOf(stats),
    names: stats?.isFile() === true ? stats.nlink : 1,
  };
}

/** Folders and home by their text and by their real path. */
export async function placesOf({ folders, home, platform }: PathContext): Promise<SensitivePlaces> {
  const known = async (path: string): Promise<readonly string[]> => [
    ...new Set([resolve(path), await canonicalPath(path).catch(() => path)]),
  ];
  const all = await Promise.all(folders().map(known));
  return { folders: all.flat(), homes: await known(home), platform };
}

interface Looking {
  readonly context: PathContext;
  readonly access: Candidate["access"];
}

/** What was printed may be read, too; a command that names it is asked about, as it may do anything with it. */
async function isOpen(canonical: string, { folders }: SensitivePlaces, { context, access }: Looking): Promise<boolean> {
  if (await isInside(canonical, folders, context)) return true;
  if (access !== "read") return false;
  const readable = context.readableFolders.map((folder) => canonicalPath(folder).catch(() => folder));
  return isInside(canonical, await Promise.all(readable), context);
}

async function isInside(canonical: string, folders: readonly string[], context: PathContext): Promise<boolean> {
  for (const folder of folders) {
    if (wayInside(folder, canonical, context.platform) !== undefined) return true;
    const folded = wayInside(foldName(folder), foldName(canonical), context.platform) !== undefined;
    if (folded && (await context.foldsNames(folder))) return true;
  }
  return false;
}

interface Candidate {
  /** Every path that the place is known under. */
  readonly forms: readonly string[];
  readonly canonical: string;
  readonly entry: ClassifiedPath["entry"];
  readonly access: "read" | "write" | "either";
}

/** The first that holds, of what denies before what asks. */
async function kindOf(candidate: Candidate, places: SensitivePlaces, context: PathContext): Promise<PathKind> {
  const { forms, access } = candidate;
  const listed = (table: SensitiveMatcher): boolean => forms.some((form) => table.matches(form, places));
  const isOwn = isAnyInside(forms, context);
  if (access === "write" && (isOwn || listed(tables.forbidden))) return "forbidden";
  const look = listed(tables.key) ? "named" : "unknown";
  if (look === "named" && (await contentOf(candidate)) !== "public") return "key-material";
  if (listed(tables.ignored) || (await isIgnored(candidate, places, context))) return "ignored";
  if (access === "write" && listed(tables.protected)) return "protected";
  if (look === "unknown" && (await contentOf(candidate)) === "key") return "key-material";
  if (listed(tables.secret)) return "secret-text";
  if (access === "either" && (isOwn || listed(tables.forbidden))) return "forbidden";
  return access === "either" && listed(tables.protected) ? "protected" : "ordinary";
}

/** Whatever the volume does, letter case does not count here. */
function isAnyInside(forms: readonly string[], { ownFolders, platform }: PathContext): boolean {
  return ownFolders.some((folder) =>
    forms.some((form) => wayInside(foldName(folder), foldName(form), platform) !== undefined),
  );
}

async function isIgnored(
  { forms, entry }: Candidate,
  { folders }: SensitivePlaces,
  context: PathContext,
): Promise<boolean> {
  for (const folder of folders) {
    const file = context.ignoreFile(folder);
    for (const form of forms) {
      const way = wayInside(foldName(folder), foldName(form), context.platform);
      if (way !== undefined && (await file.isIgnored(way, entry === "folder"))) return true;
    }
  }
  return false;
}

async function contentOf({ canonical, entry }: Candidate): Promise<"key" | "public" | "unknown"> {
  const beginning = entry === "file" ? await readBeginning(canonical) : undefined;
  return beginning === undefined ? "unknown" : judgeContent(foldName(basename(canonical)), beginning);
}

function entryOf(stats: Awaited<ReturnType<typeof lstat>> | undefined): ClassifiedPath["entry"] {
  if (stats === undefined) return "missing";
  if (stats.isFile()) return "file";
  return stats.isDirectory() ? "folder" : "special";
}
