/** Text that comes in pieces and is handed on masked: what may be the beginning of a secret is held back. */
export interface TextStream {
  push(text: string): string;
  /** The rest, for the end. */
  finish(): string;
}

/** What tools ask before they hand on the text of a file, or take back text that they handed on masked. */
export interface FilesGuard {
  /**
   * Secret, ignored or outside by its absolute path: a search says nothing of what is in it. `approved` is the place that
   * the user let be searched: what is below it is not outside, and where it is a file its secret values are masked instead.
   */
  isWithheld(path: string, approved?: string): Promise<boolean>;
  /** Tells by a file's absolute path alone, without a look at the disk, whether it may be withheld. For one search. */
  withheldNames(): Promise<(path: string) => boolean>;
  /** A whole file with its secrets masked, line for line, so that any part can be cut from it. */
  mask(text: string, path: string): string;
  /** Masks what comes in pieces, as the output of a program. */
  maskStream(): TextStream;
  /** Puts back what `mask` took out of this very file; the mark of another file's secret stays one. */
  restore(text: string, file: { readonly text: string; readonly path: string }): string;
}
