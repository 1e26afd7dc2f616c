import { ToolError } from "../../agent/tool.ts";
import { expectedPath } from "../open-no-follow.ts";
import type { ChangeRecorder } from "./change-recorder.ts";
import type { ContentStore } from "./content-store.ts";
import type { FileKeeper } from "./file-keeper.ts";
import { isSameContent, type KeptFile } from "./kept-file.ts";

/** Of more files that failed the rest is only counted. */
const MOST_NAMED = 5;

/** Puts files back: in the editor where they are open there, else on the disk. */
export interface FileRestorer {
  /** Folders that are missing are made. `mode`: permission bits. */
  write(path: string, bytes: Uint8Array, mode: number): Promise<void>;
  remove(path: string): Promise<void>;
}

export interface RestorePlan {
  /** What is written or removed, by path. */
  readonly files: ReadonlyMap<string, KeptFile>;
  /** Of those: not as the session left them, because somebody else changed them since. */
  readonly changedSince: readonly string[];
  /** Cannot be brought back: too large to be kept, or named as one that holds secrets. */
  readonly notKept: readonly string[];
  /** A folder or a link is there now, or a folder above leads elsewhere: what is there is left alone. */
  readonly blocked: readonly string[];
}

/** What has to be done so that these files are as they were; nothing is changed yet. */
export async function planRestore(
  wanted: ReadonlyMap<string, KeptFile>,
  { recorder, keeper }: { readonly recorder: ChangeRecorder; readonly keeper: FileKeeper },
): Promise<RestorePlan> {
  const changes = await recorder.changes();
  const files = new Map<string, KeptFile>();
  const changedSince: string[] = [];
  const notKept: string[] = [];
  const blocked: string[] = [];
  for (const [path, state] of [...wanted].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const now = await keeper.keep(path);
    if (now !== undefined ? isSameContent(now, state) : state.kind === "missing") continue;
    if (state.kind === "marked") {
      notKept.push(path);
      continue;
    }
    if (now === undefined || (await expectedPath(path)) !== path) {
      blocked.push(path);
      continue;
    }
    files.set(path, state);
    const left = changes.of(path)?.current;
    if (left !== undefined && !isSameContent(left, now)) changedSince.push(path);
  }
  return { files, changedSince, notKept, blocked };
}

/**
 * Puts the plan's files back, as a step that can itself be undone under the name `turn`. Every content is read before the
 * first file is touched. Throws `ContentLost`; a `ToolError` that names the files that could not be put back, when all
 * others are.
 */
export async function restoreFiles(
  { files }: RestorePlan,
  turn: string,
  {
    recorder,
    store,
    restorer,
  }: { readonly recorder: ChangeRecorder; readonly store: ContentStore; readonly restorer: FileRestorer },
): Promise<void> {
  const contents = await Promise.all(
    [...files].map(async ([path, state]) => ({
      path,
      bytes: state.kind === "kept" ? await store.get(state.sha256) : undefined,
      mode: state.kind === "kept" ? state.mode : 0,
    })),
  );
  const failed: string[] = [];
  await recorder.around([...files.keys()], turn, async () => {
    for (const { path, bytes, mode } of contents) {
      const done = bytes === undefined ? restorer.remove(path) : restorer.write(path, bytes, mode);
      await done.catch((error: unknown) => {
        failed.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
  });
  if (failed.length === 0) return;
  const [count, all] = [failed.length, contents.length];
  throw new ToolError(
    `${count} of ${all} file${all === 1 ? "" : "s"} could not be put back; the others were. ${failed.slice(0, MOST_NAMED).join(" ")}`,
  );
}
