import { randomUUID } from "node:crypto";
import { ToolError } from "../../agent/tool.ts";
import type { Review } from "../../protocol/review.ts";
import { encodeText } from "../plain-text.ts";
import type { TextFiles } from "../text-files.ts";
import type { WorkspaceFolder } from "../workspace.ts";
import type { ChangeRecorder } from "./change-recorder.ts";
import { keptText, textOf } from "./changed-text.ts";
import type { ContentStore } from "./content-store.ts";
import { describeChanges, LineCounts } from "./describe-changes.ts";
import type { FileKeeper } from "./file-keeper.ts";
import { type Hunk, hunksOf, withHunk, withoutHunk } from "./hunks.ts";
import type { KeptFile } from "./kept-file.ts";
import { type FileRestorer, planRestore, type RestorePlan, restoreFiles } from "./restore-files.ts";

/** What is larger is changed by no hunk. */
const MOST_BYTES = 5_000_000;
const restored = "restore ";

export interface SessionReviewOptions {
  readonly recorder: ChangeRecorder;
  readonly keeper: FileKeeper;
  readonly store: ContentStore;
  readonly restorer: FileRestorer;
  readonly files: TextFiles;
  readonly folders: () => readonly WorkspaceFolder[];
  /** Whether an editor has unsaved changes of the file. */
  readonly isUnsaved: (path: string) => boolean;
}

/** What a session changed, to be kept or undone: file by file, piece by piece, or back to a checkpoint. */
export class SessionReview {
  readonly #options: SessionReviewOptions;
  readonly #counts: LineCounts;

  constructor(options: SessionReviewOptions) {
    this.#options = options;
    this.#counts = new LineCounts(options.store);
  }

  /** `lastTurn`: the id of the conversation's last one. A restore can be redone until another turn begins. */
  async look(lastTurn: string | undefined): Promise<Review> {
    const { recorder, folders } = this.#options;
    const changes = await recorder.changes();
    const files = await describeChanges(changes.changes, folders(), this.#counts);
    return { files, canRedo: changes.lastStep?.startsWith(stepName(lastTurn)) === true };
  }

  /** Resolves when no call runs whose changes are recorded. */
  idle(): Promise<void> {
    return this.#options.recorder.idle();
  }

  async paths(): Promise<readonly string[]> {
    return (await this.#options.recorder.changes()).changes.map(({ path }) => path);
  }

  /** What the file is compared with; undefined where it is no text, is not kept, or the session did not change it. */
  async originalText(path: string): Promise<string | undefined> {
    const change = (await this.#options.recorder.changes()).of(path);
    return change === undefined ? undefined : (await keptText(change.original, path, this.#options.store))?.text;
  }

  /** The pieces in which a text of the file differs from the original. */
  async hunks(path: string, current: string): Promise<readonly Hunk[]> {
    const original = (await this.paths()).includes(path) ? await this.originalText(path) : undefined;
    return original === undefined ? [] : hunksOf(original, current);
  }

  async keep(paths: readonly string[]): Promise<void> {
    await this.#options.recorder.keep(paths);
  }

  /** How these files would go back to what they are compared with. */
  async planUndo(paths: readonly string[]): Promise<RestorePlan> {
    const changes = await this.#options.recorder.changes();
    const wanted = paths.flatMap((path): [string, KeptFile][] => {
      const original = changes.of(path)?.original;
      return original === undefined ? [] : [[path, original]];
    });
    return this.#plan(new Map(wanted));
  }

  /** Those that are as they were already are no longer listed. */
  async undo(paths: readonly string[], plan: RestorePlan): Promise<void> {
    if (plan.files.size > 0) await restoreFiles(plan, `undo ${randomUUID()}`, this.#options);
    const left = [...plan.files.keys(), ...plan.notKept, ...plan.blocked];
    const same = paths.filter((path) => !left.includes(path));
    if (same.length > 0) await this.keep(same);
  }

  async keepHunk(path: string, hunk: Hunk): Promise<void> {
    const { recorder, store, files } = this.#options;
    const change = (await recorder.changes()).of(path);
    const { state } = await files.look(path, MOST_BYTES);
    const current = state.kind === "file" ? textOf(state.bytes, path) : undefined;
    const original = change && (await keptText(change.original, path, store));
    if (change === undefined || original === undefined || current === undefined) throw gone(path);
    if (!holds(hunksOf(original.text, current.text), hunk)) throw gone(path);
    const text = withHunk(original.text, hunk);
    if (text === current.text) return recorder.keep([path]);
    const form = change.original.kind === "kept" ? original : current;
    const bytes = encodeText(text, form, path);
    const mode = change.original.kind === "kept" ? change.original.mode : 0o644;
    const kept: KeptFile = { kind: "kept", sha256: await store.put(bytes), size: bytes.length, mode };
    await recorder.keep([path], new Map([[path, kept]]));
  }

  /** As `edit_file` changes a file: in the editor where it is open, else on the disk. */
  async undoHunk(path: string, hunk: Hunk): Promise<void> {
    const { recorder, store, files } = this.#options;
    const change = (await recorder.changes()).of(path);
    const snapshot = await files.look(path, MOST_BYTES);
    const current = snapshot.state.kind === "file" ? textOf(snapshot.state.bytes, path) : undefined;
    const original = change && (await keptText(change.original, path, store));
    if (change === undefined || original === undefined || current === undefined) throw gone(path);
    if (!holds(hunksOf(original.text, current.text), hunk)) throw gone(path);
    const text = withoutHunk(current.text, hunk);
    if (change.original.kind === "missing" && text === "") return this.undo([path], await this.planUndo([path]));
    const bytes = encodeText(text, current, path);
    await recorder.around([path], `undo ${randomUUID()}`, async () => {
      await files.replace(snapshot, bytes);
    });
  }

  /** How the files would go back to what they were before the first of these turns. */
  async planCheckpoint(turns: ReadonlySet<string>): Promise<RestorePlan> {
    return this.#plan((await this.#options.recorder.changes()).before(turns));
  }

  /** `lastTurn`: that of the conversation as it is afterwards. */
  async restore(plan: RestorePlan, lastTurn: string | undefined): Promise<void> {
    await restoreFiles(plan, stepName(lastTurn) + randomUUID(), this.#options);
  }

  /** How the files would go back to what they were before the checkpoints were restored last. */
  async planRedo(): Promise<RestorePlan> {
    const changes = await this.#options.recorder.changes();
    return this.#plan(changes.before(changes.lastSteps(restored)));
  }

  async redo(plan: RestorePlan): Promise<void> {
    await restoreFiles(plan, `redo ${randomUUID()}`, this.#options);
  }

  async #plan(wanted: ReadonlyMap<string, KeptFile>): Promise<RestorePlan> {
    const plan = await planRestore(wanted, this.#options);
    const unsaved = [...plan.files.keys()].filter((path) => this.#options.isUnsaved(path));
    return { ...plan, changedSince: [...new Set([...plan.changedSince, ...unsaved])].toSorted() };
  }
}

function stepName(lastTurn: string | undefined): string {
  return `${restored}${lastTurn ?? "all"} `;
}

function holds(hunks: readonly Hunk[], wanted: Hunk): boolean {
  return hunks.some((hunk) => JSON.stringify(hunk) === JSON.stringify(wanted));
}

function gone(path: string): ToolError {
  return new ToolError(`${path} has changed meanwhile. Nothing was changed; look at it again.`, "E_STALE");
}
