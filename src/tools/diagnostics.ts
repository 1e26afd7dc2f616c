/** VS Code's severities, worst first. */
export const SEVERITIES = ["error", "warning", "information", "hint"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** A problem in a file, as an extension or a task's problem matcher reports it. */
export interface Diagnostic {
  /** Absolute. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  readonly severity: Severity;
  readonly message: string;
  /** Who reports it: ts, eslint. */
  readonly source?: string;
  /** Its number or rule: 2322, no-unused-vars. */
  readonly code?: string;
}

export interface FileDiagnostics {
  readonly diagnostics: readonly Diagnostic[];
  /**
   * `reported`: an extension has looked at the file as it is now. `unknown`: nobody reported in the time given, which also
   * an extension does that finds nothing. `unanswered`: no extension has code for its language.
   */
  readonly certainty: "reported" | "unknown" | "unanswered";
}

/** What the editor knows of problems. */
export interface Diagnostics {
  /** Everything that is known now, of files on disk. */
  all(): readonly Diagnostic[];
  /** Of one file, by its absolute path: it is looked at first, without being shown. Rejects with the signal's reason. */
  ofFile(path: string, signal: AbortSignal): Promise<FileDiagnostics>;
}
