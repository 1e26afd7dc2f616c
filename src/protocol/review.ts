/** A file that the session changed, and the user has not yet said to keep. */
export interface ChangedFile {
  /** Absolute, real: names the file to the host. */
  readonly path: string;
  /** As it is shown: relative to the workspace. */
  readonly label: string;
  readonly state: "changed" | "created" | "deleted";
  /** Lines; absent for what is no text. */
  readonly lines?: { readonly added: number; readonly removed: number };
  /** It was too large to be kept, or is named as one that holds secrets: it cannot be undone. */
  readonly notKept?: true;
}

/** What a session changed, for the panel. */
export interface Review {
  readonly files: readonly ChangedFile[];
  /** The last thing that happened is that a checkpoint's files were restored. */
  readonly canRedo: boolean;
  /** What the checkpoint before this turn would do to files, in words; where the panel asked for it. */
  readonly restore?: RestoreOffer;
}

export interface RestoreOffer {
  readonly turnId: string;
  /** Lists of files below their titles. */
  readonly detail: string;
  /** Whether a file is changed at all. */
  readonly hasFiles: boolean;
}

/** What a checkpoint brings back. */
export type RestoreScope = "both" | "files" | "conversation";

export type ReviewAction = "open" | "keep" | "undo";
