import { randomBytes } from "node:crypto";
import { cp, link, lstat, mkdir, rename, rm, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ToolError } from "../agent/tool.ts";
import { openFolder, pathThrough, staleError } from "../tools/open-no-follow.ts";
import type { FilePlaces } from "../tools/places/file-places.ts";
import { type Place, requireSamePlace } from "../tools/places/look-at-place.ts";
import { openOrMakeFolder } from "./open-or-make-folder.ts";

/** Moves on disk. There is no trash without an editor: what is deleted is kept in a folder of ours. */
export class DiskPlaces implements FilePlaces {
  readonly #kept: string;

  /** `kept`: absolute folder for what is deleted. */
  constructor(kept: string) {
    this.#kept = kept;
  }

  async move(from: Place, to: Place): Promise<void> {
    await requireSamePlace(from);
    await requireSamePlace(to);
    await orSay(`${from.path} could not be moved, and was left where it was`, async () => {
      await using source = await openFolder(dirname(from.canonical));
      await using destination = await openOrMakeFolder(dirname(to.canonical));
      const old = join(pathThrough(source, dirname(from.canonical)), basename(from.canonical));
      const now = join(pathThrough(destination, dirname(to.canonical)), basename(to.canonical));
      await (from.kind === "file" ? moveFile(old, now, to.path) : moveFolder(old, now, to.path));
    });
  }

  async remove(place: Place): Promise<string> {
    await requireSamePlace(place);
    const folder = join(
      this.#kept,
      `${new Date().toISOString().replace(/[:.]/g, "-")}-${randomBytes(4).toString("hex")}`,
    );
    const kept = join(folder, basename(place.canonical));
    await orSay(`${place.path} could not be deleted, and was left where it was`, async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await rename(place.canonical, kept).catch(async (error: unknown) => {
        if (!isCode(error, "EXDEV")) throw error;
        await cp(place.canonical, kept, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
        await rm(place.canonical, { recursive: true });
      });
    });
    return kept;
  }
}

/** A link instead of a rename, so that a file that came into being meanwhile is not overwritten. */
async function moveFile(old: string, now: string, path: string): Promise<void> {
  try {
    await link(old, now);
  } catch (error) {
    if (isCode(error, "EEXIST")) throw staleError(path, "is there, which it was not");
    if (isCode(error, "EXDEV")) throw error;
    // A volume without hard links.
    await moveFolder(old, now, path);
    return;
  }
  await unlink(old);
}

async function moveFolder(old: string, now: string, path: string): Promise<void> {
  if ((await lstat(now).catch(() => undefined)) !== undefined) throw staleError(path, "is there, which it was not");
  await rename(old, now);
}

async function orSay(problem: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (error instanceof ToolError) throw error;
    const reason = isCode(error, "EXDEV") ? "it would go to another volume" : String(error);
    throw new ToolError(`${problem}: ${reason}`);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
