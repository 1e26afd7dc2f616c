import type { LogEntry } from "./change-log.ts";
import { isSameContent, type KeptFile, missing } from "./kept-file.ts";

/** A file that the session changed, and the user has not yet said to keep. */
export interface FileChange {
  /** Absolute, real. */
  readonly path: string;
  /** Before the session's first change, or as the user last kept it. */
  readonly original: KeptFile;
  /** As the session's last change left it. */
  readonly current: KeptFile;
}

interface Step {
  readonly id: string;
  readonly turn: string;
  before: Readonly<Record<string, KeptFile>>;
  hasEnded: boolean;
}

/** The fold of a session's log: which files it changed, and what they were before each of its turns. */
export class SessionChanges {
  readonly #steps: Step[] = [];
  readonly #files = new Map<string, Readonly<Omit<FileChange, "path">>>();

  constructor(entries: readonly LogEntry[] = []) {
    for (const entry of entries) this.add(entry);
  }

  add(entry: LogEntry): void {
    switch (entry.kind) {
      case "before":
        this.#steps.push({ id: entry.step, turn: entry.turn, before: entry.files, hasEnded: false });
        return;
      case "after":
        this.#end(entry.step, entry.files);
        return;
      case "keep":
        for (const [path, states] of Object.entries(entry.files)) this.#files.set(path, { ...states });
        return;
    }
  }

  /** Steps whose end is not known, because the process ended: their files have to be looked at. */
  get open(): readonly { readonly step: string; readonly paths: readonly string[] }[] {
    return this.#steps
      .filter(({ hasEnded }) => !hasEnded)
      .map(({ id, before }) => ({ step: id, paths: Object.keys(before) }));
  }

  /** By path; those that are again as they were are left out. */
  get changes(): readonly FileChange[] {
    return [...this.#files]
      .map(([path, states]) => ({ path, ...states }))
      .filter(({ original, current }) => !isSameContent(original, current))
      .toSorted((one, other) => (one.path < other.path ? -1 : 1));
  }

  /** Undefined = the session never touched the file. */
  of(path: string): Omit<FileChange, "path"> | undefined {
    return this.#files.get(path);
  }

  /** The turn, or the name, of the step that came last. */
  get lastStep(): string | undefined {
    return this.#steps.at(-1)?.turn;
  }

  /** The names of the last steps, as far back as they begin so. */
  lastSteps(beginning: string): ReadonlySet<string> {
    const other = this.#steps.findLastIndex(({ turn }) => !turn.startsWith(beginning));
    return new Set(this.#steps.slice(other + 1).map(({ turn }) => turn));
  }

  /** Each file that has changed since the first of these turns began, as it was then. */
  before(turns: ReadonlySet<string>): ReadonlyMap<string, KeptFile> {
    const first = this.#steps.findIndex(({ turn }) => turns.has(turn));
    const states = new Map<string, KeptFile>();
    for (const { before } of first === -1 ? [] : this.#steps.slice(first)) {
      for (const [path, state] of Object.entries(before)) if (!states.has(path)) states.set(path, state);
    }
    for (const [path, state] of states) {
      const current = this.of(path)?.current;
      if (current !== undefined && isSameContent(state, current)) states.delete(path);
    }
    return states;
  }

  #end(id: string, files: Readonly<Record<string, KeptFile>>): void {
    const step = this.#steps.findLast((candidate) => candidate.id === id);
    if (step === undefined) return;
    step.hasEnded = true;
    for (const [path, current] of Object.entries(files)) {
      // What nobody knew of before is new: a folder that was moved.
      const { [path]: before = missing } = step.before;
      step.before = { ...step.before, [path]: before };
      this.#files.set(path, { original: this.#files.get(path)?.original ?? before, current });
    }
  }
}
