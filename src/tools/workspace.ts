/** A folder that is open in the window. */
export interface WorkspaceFolder {
  readonly name: string;
  /** Absolute, as the editor has it; may lie behind a link. */
  readonly path: string;
}

/** What the file tools need from the editor, or from plain Node. */
export interface Workspace {
  folders(): readonly WorkspaceFolder[];
  /** Text of an editor with unsaved changes on this file, which wins over the disk; undefined = the disk counts. */
  unsavedText(path: string): string | undefined;
  /** Absolute paths of files that an editor has unsaved changes of; absent where there is no editor. */
  unsavedPaths?(): readonly string[];
}

/** Where ripgrep is. `source` is shown when it is not the editor's own. */
export interface Ripgrep {
  readonly path: string;
  readonly source: "editor" | "path";
}
