import { realpath } from "node:fs/promises";
import { join } from "node:path";
import type { ListEngine } from "../listing/list-engine.ts";
import type { ListFiles } from "./workspace-snapshot.ts";

const LIST_TIME_MS = 20_000;

export interface ListWorkspaceOptions {
  /** Absolute paths. */
  readonly folders: () => readonly string[];
  readonly engine: () => Promise<ListEngine>;
  /** The listing stops behind this many files. */
  readonly mostFiles: number;
}

/** The files of every folder of the workspace, by their real paths. Throws where not all of them could be listed in time. */
export function listWorkspace({ folders, engine, mostFiles }: ListWorkspaceOptions): ListFiles {
  return async function* list(signal) {
    const run = await engine();
    const deadline = AbortSignal.timeout(LIST_TIME_MS);
    for (const folder of folders()) {
      const root = await realpath(folder);
      // One more than are kept, so that there being more is seen.
      const request = { root, start: "", globs: [], includeIgnored: false, mostFiles: mostFiles + 1, deadline };
      const { paths, stoppedBy } = await run(request, signal);
      if (stoppedBy === "deadline") throw new Error("The files of the workspace could not be listed in time.");
      for (const path of paths) yield join(root, path);
    }
  };
}
