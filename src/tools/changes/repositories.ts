/** A file that differs, as VS Code's git extension lists it. */
export interface ChangedFile {
  /** Absolute; where it was before a rename is `from`. */
  readonly path: string;
  readonly from?: string;
  /** In git's words: modified, added, deleted, renamed, untracked, both modified. */
  readonly status: string;
}

export interface RepositoryStatus {
  /** Undefined on a detached head. */
  readonly branch: string | undefined;
  /** How the branch stands to the one that it follows; undefined where it follows none. */
  readonly upstream: { readonly name: string; readonly ahead: number; readonly behind: number } | undefined;
  readonly merge: readonly ChangedFile[];
  readonly staged: readonly ChangedFile[];
  readonly unstaged: readonly ChangedFile[];
  readonly untracked: readonly ChangedFile[];
}

export interface Commit {
  readonly hash: string;
  readonly message: string;
  readonly author: string;
  readonly date: Date | undefined;
}

export interface DiffQuestion {
  /** Absolute path of a file or folder in the repository. */
  readonly path: string;
  /** Compare the index instead of the files. */
  readonly staged: boolean;
  /** What to compare with: a commit, a branch, or two of them as `a..b`. Undefined = the index, or HEAD where `staged`. */
  readonly ref: string | undefined;
}

export interface Repository {
  /** Absolute. */
  readonly root: string;
  status(): Promise<RepositoryStatus>;
  /** A patch in git's form. */
  diff(question: DiffQuestion): Promise<string>;
  /** Newest first; `path` absolute. */
  log(question: { readonly path: string | undefined; readonly maxEntries: number }): Promise<readonly Commit[]>;
  /** A line for each line of the file: who, when, line number and `)`, the line's text. */
  blame(path: string): Promise<string>;
}

/** The git repositories that are open in the editor. Throws a `ToolError` where git cannot be used; so do a repository's methods. */
export interface Repositories {
  list(signal: AbortSignal): Promise<readonly Repository[]>;
}
