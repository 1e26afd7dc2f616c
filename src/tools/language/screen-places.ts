import { open } from "node:fs/promises";
import { dirname } from "node:path";
import type { FilesGuard } from "../files-guard.ts";
import { lineExcerpt } from "../line-excerpt.ts";
import { decodeSearched } from "../search-text.ts";
import type { Workspace } from "../workspace.ts";
import type { CodePlace } from "./language.ts";

/** Of larger files places are named without their text. */
const LARGEST_FILE = 4_000_000;

export interface PlaceScreen {
  readonly workspace: Workspace;
  readonly guard: FilesGuard;
  /** Absolute path of the file that the call names: the user let it be read. */
  readonly approved: string | undefined;
}

/** What may be told of a place: of one outside the workspace only where it is. */
export type ToldText =
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "outside" }
  | { readonly kind: "unread" };

/** Tells of a place what may be told; undefined = nothing at all. Every file is looked at once. */
export type ScreenPlace = (place: CodePlace) => Promise<ToldText | undefined>;

type ScreenedFile = "withheld" | "outside" | "unread" | readonly string[];

/** As searches do: nothing of files that are secret or ignored, and lines with their secrets masked. */
export function createPlaceScreen(screen: PlaceScreen): ScreenPlace {
  const files = new Map<string, Promise<ScreenedFile>>();
  return async ({ path, isOnDisk, line, start }) => {
    if (!isOnDisk) return { kind: "outside" };
    const file = files.get(path) ?? screenFile(path, screen);
    files.set(path, file);
    const screened = await file;
    if (screened === "withheld") return undefined;
    if (screened === "outside" || screened === "unread") return { kind: screened };
    const text = screened[line - 1];
    return text === undefined ? { kind: "unread" } : { kind: "line", text: lineExcerpt(text, start, start + 1) };
  };
}

async function screenFile(path: string, { workspace, guard, approved }: PlaceScreen): Promise<ScreenedFile> {
  if (await guard.isWithheld(path, approved)) {
    // With its own folder let through, what is left to withhold is a secret or ignored file.
    return (await guard.isWithheld(path, dirname(path))) ? "withheld" : "outside";
  }
  const text = workspace.unsavedText(path) ?? (await readWhole(path));
  return text === undefined ? "unread" : guard.mask(text, path).split("\n");
}

async function readWhole(path: string): Promise<string | undefined> {
  try {
    await using handle = await open(path);
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size > LARGEST_FILE) return undefined;
    return decodeSearched(await handle.readFile());
  } catch {
    return undefined;
  }
}
