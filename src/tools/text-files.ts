/** A file as it was when a call was prepared; what is written later is written over exactly this. */
export interface FileSnapshot {
  /** Absolute, as the call names it. */
  readonly path: string;
  /** Real path, also of what does not exist yet: what will be written. */
  readonly canonical: string;
  readonly state: FileState;
}

export type FileState =
  | { readonly kind: "missing" }
  | {
      readonly kind: "file";
      readonly bytes: Uint8Array;
      /** Which file and which version of it it is; another one is stale. */
      readonly version: string;
      /** More than 1 = it is also linked elsewhere. */
      readonly names: number;
    }
  /** More bytes than asked for; nothing was read. */
  | { readonly kind: "tooLarge"; readonly size: number };

/** What the tools that write need: files on disk, or an editor whose text counts where it has unsaved changes. */
export interface TextFiles {
  /**
   * Throws a `ToolError` with E_PATH for a folder, pipe, socket, device or a circle of links.
   * Nothing it reads may reach the model before the call passed the gate.
   */
  look(path: string, mostBytes: number): Promise<FileSnapshot>;
  /**
   * Makes `bytes` the whole content, all or nothing, folders that are missing included; one write to a file after the
   * other. Throws a `ToolError`: E_STALE where the path, the file or its content is not the snapshot's any more.
   * Resolves with the text that the file has then where it is another one: an editor may format what it saves.
   */
  replace(snapshot: FileSnapshot, bytes: Uint8Array): Promise<string | undefined>;
}
