import { randomUUID } from "node:crypto";
import { lstat, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { PreparedCall, Tool, ToolSuccess } from "../../agent/tool.ts";
import { expectedPath } from "../open-no-follow.ts";
import type { ChangeLog, LogEntry } from "./change-log.ts";
import type { FileKeeper } from "./file-keeper.ts";
import type { KeptFile } from "./kept-file.ts";
import { type FileChange, SessionChanges } from "./session-changes.ts";
import { differences, type Snapshot } from "./workspace-snapshot.ts";

/** Files of a folder that is moved or deleted; of a larger one the rest is not kept. */
const MOST_BELOW = 5000;

export interface ChangeRecorderOptions {
  readonly log: ChangeLog;
  readonly keeper: FileKeeper;
  /** Undefined = the workspace cannot be kept. */
  readonly snapshot: (signal: AbortSignal) => Promise<Snapshot | undefined>;
  /** What saving would write, where an editor has unsaved changes of the file: that, and not the disk, is what a write changes. */
  readonly unsaved?: (path: string) => Promise<Uint8Array | undefined>;
  /** The turn that runs now. */
  readonly turn: () => string | undefined;
  readonly now: () => number;
  /** The list of changes is another one. */
  readonly onChanged: (changes: readonly FileChange[]) => void;
}

/**
 * Keeps what a session's calls change, so that it can be shown and undone: of a write its targets, of a program all files
 * of the workspace. What a person saves while a program runs counts as the program's.
 */
export class ChangeRecorder {
  readonly #options: ChangeRecorderOptions;
  readonly #running = new Set<Promise<unknown>>();
  #loading: Promise<SessionChanges> | undefined;

  constructor(options: ChangeRecorderOptions) {
    this.#options = options;
  }

  /** The session's changes until now. What a killed process left open is looked at first. */
  changes(): Promise<SessionChanges> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Resolves when nothing that is recorded runs: a call that a stopped turn has left may still be ending. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /** The same tool; what its calls change is kept. */
  record(tool: Tool): Tool {
    if (tool.effect === "read") return tool;
    return { ...tool, prepare: async (input, signal) => this.#recorded(await tool.prepare(input, signal), signal) };
  }

  /** Runs something of the user's that changes these files, and keeps what they were. `turn`: its name, for the way back. */
  async around(paths: readonly string[], turn: string, run: () => Promise<void>): Promise<void> {
    const states = async (): Promise<Record<string, KeptFile>> => this.#statesOf(paths);
    await this.#step(turn, states, states, run);
  }

  /** The user keeps the changes of these files; of a file in `originals` only those that are in its text there. */
  async keep(paths: readonly string[], originals: ReadonlyMap<string, KeptFile> = new Map()): Promise<void> {
    const states = Object.entries(await this.#statesOf(paths));
    const files = states.map(
      ([path, current]) => [path, { original: originals.get(path) ?? current, current }] as const,
    );
    await this.#add({ kind: "keep", at: this.#options.now(), files: Object.fromEntries(files) });
    await this.#tell();
  }

  #recorded(call: PreparedCall, signal: AbortSignal): PreparedCall {
    switch (call.effect) {
      case "read":
      case "network":
        return call;
      case "write":
        return { ...call, run: (context) => this.#noted(this.#runWrite(call, () => call.run(context))) };
      case "execute": {
        // Taken while the user reads the question, so that the command need not wait for it.
        const early = this.#options.snapshot(signal).catch(() => undefined);
        const run: PreparedCall["run"] = (context) => this.#runProgram(early, () => call.run(context), context.signal);
        return { ...call, run: (context) => this.#noted(run(context)) };
      }
    }
  }

  async #noted<Result>(run: Promise<Result>): Promise<Result> {
    this.#running.add(run);
    try {
      return await run;
    } finally {
      this.#running.delete(run);
    }
  }

  async #runWrite({ targets }: PreparedCall, run: () => Promise<ToolSuccess>): Promise<ToolSuccess> {
    const written = targets.filter(({ access }) => access !== "read");
    const places = await Promise.all(written.map(async ({ canonical, path }) => canonical ?? realPlace(path)));
    const before = await this.#statesBelow(places);
    const after = async (): Promise<Record<string, KeptFile>> =>
      this.#statesOf([...new Set([...Object.keys(before), ...Object.keys(await this.#statesBelow(places))])]);
    return this.#step(this.#turn(), async () => before, after, run);
  }

  async #runProgram(
    early: Promise<Snapshot | undefined>,
    run: () => Promise<ToolSuccess>,
    signal: AbortSignal,
  ): Promise<ToolSuccess> {
    // A turn that is stopped ends before its program has.
    const turn = this.#turn();
    // What the user saved since the early one is read again; the rest is known.
    const before = (await early) === undefined ? undefined : await this.#options.snapshot(signal);
    try {
      return await run();
    } finally {
      const after = before === undefined ? undefined : await this.#options.snapshot(new AbortController().signal);
      if (before !== undefined && after !== undefined) await this.#addDifferences(turn, before, after);
    }
  }

  async #addDifferences(turn: string, before: Snapshot, after: Snapshot): Promise<void> {
    const changed = differences(before, after);
    if (changed.length === 0) return;
    const [step, at] = [randomUUID(), this.#options.now()];
    const states = (which: "before" | "after"): Record<string, KeptFile> =>
      Object.fromEntries(changed.map((pair) => [pair.path, pair[which]]));
    await this.#add({ kind: "before", step, turn, at, files: states("before") });
    await this.#add({ kind: "after", step, at, files: states("after") });
    await this.#tell();
  }

  /** What the files were is on the disk before anything is changed. */
  async #step<Result>(
    turn: string,
    before: () => Promise<Record<string, KeptFile>>,
    after: () => Promise<Record<string, KeptFile>>,
    run: () => Promise<Result>,
  ): Promise<Result> {
    const step = randomUUID();
    const { now } = this.#options;
    await this.#add({ kind: "before", step, turn, at: now(), files: await this.#withUnsaved(await before()) });
    try {
      return await run();
    } finally {
      await this.#add({ kind: "after", step, at: now(), files: await this.#withUnsaved(await after()) });
      await this.#tell();
    }
  }

  async #load(): Promise<SessionChanges> {
    const changes = new SessionChanges(await this.#options.log.read());
    for (const { step, paths } of changes.open) {
      const entry: LogEntry = { kind: "after", step, at: this.#options.now(), files: await this.#statesOf(paths) };
      changes.add(entry);
      await this.#options.log.append(entry);
    }
    return changes;
  }

  async #add(entry: LogEntry): Promise<void> {
    const changes = await this.changes();
    await this.#options.log.append(entry);
    changes.add(entry);
  }

  async #tell(): Promise<void> {
    this.#options.onChanged((await this.changes()).changes);
  }

  #turn(): string {
    return this.#options.turn() ?? "no turn";
  }

  /** Of what is no regular file nothing is kept. */
  async #statesOf(paths: readonly string[]): Promise<Record<string, KeptFile>> {
    const states: Record<string, KeptFile> = {};
    for (const path of paths) {
      const kept = await this.#options.keeper.keep(path);
      if (kept !== undefined) states[path] = kept;
    }
    return states;
  }

  async #withUnsaved(states: Readonly<Record<string, KeptFile>>): Promise<Record<string, KeptFile>> {
    const all = { ...states };
    for (const path of Object.keys(states)) {
      const bytes = await this.#options.unsaved?.(path);
      if (bytes !== undefined) all[path] = await this.#options.keeper.keepText(path, bytes);
    }
    return all;
  }

  async #statesBelow(places: readonly string[]): Promise<Record<string, KeptFile>> {
    const paths = await Promise.all(places.map(filesBelow));
    return this.#statesOf(paths.flat());
  }
}

/** What is at the path itself, which may be a link; links above it resolved. */
async function realPlace(path: string): Promise<string> {
  return join(await expectedPath(dirname(path)), basename(path));
}

/** The path itself where it is no folder; the files in a folder, links left out. */
async function filesBelow(path: string): Promise<readonly string[]> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats?.isDirectory() !== true) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .slice(0, MOST_BELOW)
    .map((entry) => join(entry.parentPath, entry.name));
}
