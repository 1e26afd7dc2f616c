import { homedir } from "node:os";
import { IgnoreFile } from "./ignore-file.ts";
import { createVolumeProbe, type FoldsNames } from "./volume-folding.ts";

/** What paths are judged against. */
export interface PathContext {
  /** Absolute paths of the open folders; may lie behind links. */
  readonly folders: () => readonly string[];
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly foldsNames: FoldsNames;
  /** Outcrop's own storage and the editor's user folder: never written by a tool, wherever they are. */
  readonly ownFolders: readonly string[];
  /** Absolute paths of folders of Outcrop's own whose files tools may read as those of the workspace. */
  readonly readableFolders: readonly string[];
  /** The ignore file of an open folder, kept from call to call. */
  readonly ignoreFile: (folder: string) => IgnoreFile;
}

export type PathContextOptions = Pick<PathContext, "folders"> & Partial<PathContext>;

/** This machine's context, kept for as long as the workspace is open: the ignore files' last good rules live in it. */
export function createPathContext(options: PathContextOptions): PathContext {
  const ignoreFiles = new Map<string, IgnoreFile>();
  return {
    home: homedir(),
    platform: process.platform,
    foldsNames: createVolumeProbe(),
    ownFolders: [],
    readableFolders: [],
    ignoreFile: (folder) => {
      const file = ignoreFiles.get(folder) ?? new IgnoreFile(folder);
      ignoreFiles.set(folder, file);
      return file;
    },
    ...options,
  };
}
