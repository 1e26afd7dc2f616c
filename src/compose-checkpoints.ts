import { join } from "node:path";
import type * as vscode from "vscode";
import type { Tool } from "./agent/tool.ts";
import type { ChatSession } from "./chat/chat-session.ts";
import type { Prompt } from "./chat/prompt.ts";
import { DiskFiles } from "./headless/disk-files.ts";
import type { Review } from "./protocol/review.ts";
import { ChangeLog } from "./tools/checkpoints/change-log.ts";
import { ChangeRecorder } from "./tools/checkpoints/change-recorder.ts";
import { cleanCheckpoints } from "./tools/checkpoints/clean-checkpoints.ts";
import { ContentStore } from "./tools/checkpoints/content-store.ts";
import { FileKeeper } from "./tools/checkpoints/file-keeper.ts";
import { listWorkspace } from "./tools/checkpoints/list-workspace.ts";
import { SessionReview } from "./tools/checkpoints/session-review.ts";
import { takeSnapshot } from "./tools/checkpoints/workspace-snapshot.ts";
import type { FilesGuard } from "./tools/files-guard.ts";
import { ripgrepList } from "./tools/listing/ripgrep-list.ts";
import type { Workspace } from "./tools/workspace.ts";
import type { Dialogs } from "./vscode/dialogs.ts";
import { EditorFiles } from "./vscode/files/editor-files.ts";
import { openDocument, unsavedElsewhere } from "./vscode/files/open-documents.ts";
import { findRipgrep } from "./vscode/find-ripgrep.ts";
import { asksBeforeResend, neverAskBeforeResend } from "./vscode/queue-settings.ts";
import { actAtCursor, goToChange } from "./vscode/review/change-at-cursor.ts";
import { EditorRestorer } from "./vscode/review/editor-restorer.ts";
import { ProposalDiffs } from "./vscode/review/proposal-diffs.ts";
import type { Proposals } from "./vscode/review/proposals.ts";
import { realFolders } from "./vscode/review/real-folders.ts";
import type { ResendWays } from "./vscode/review/resend-question.ts";
import { ReviewDesk } from "./vscode/review/review-desk.ts";
import { ReviewEditors } from "./vscode/review/review-editors.ts";
import { tellFailure } from "./vscode/tell-failure.ts";

/** A workspace with more files, or with more bytes in those that are kept, is not kept whole. */
const MOST_FILES = 20_000;
const MOST_BYTES = 500_000_000;
/** A window may be open for days. */
const CLEAN_EVERY_MS = 60 * 60_000;
const MOST_TEXT_BYTES = 64_000_000;

/** What a session's calls change, and the way back. */
export interface SessionCheckpoints {
  readonly desk: ReviewDesk;
  /** The same tools; what calls with an effect change is kept. */
  record(tools: readonly Tool[]): readonly Tool[];
}

/** Whose changes they are. */
export interface CheckpointSession {
  readonly session: ChatSession;
  readonly policy: { readonly files: FilesGuard };
  /** Whether a prompt may be sent. */
  readonly maySend: (prompt: Prompt) => Promise<boolean>;
  /** The panel and the editors are told of the session that is shown alone. */
  readonly isShown: () => boolean;
  readonly onReview: (review: Review) => void;
  readonly attend: ResendWays["attend"];
  readonly keepOpen: ResendWays["keepOpen"];
  readonly isInPanel: ResendWays["isInPanel"];
  readonly giveBack: ResendWays["giveBack"];
  readonly prefill: (prompt: Prompt) => void;
  readonly detach: (ids: readonly string[]) => void;
}

export interface WindowCheckpoints {
  forSession(session: CheckpointSession): SessionCheckpoints;
  /** Of the session that is shown: at the cursor of the active editor. */
  keepChange(): Promise<void>;
  undoChange(): Promise<void>;
  /** Opens what a call that waits would change. */
  showProposal(callId: string): Promise<void>;
  goToChange(step: 1 | -1): Promise<void>;
}

export interface CheckpointParts {
  readonly workspace: Workspace;
  /** The path of the extension's global storage. */
  readonly storage: string;
  readonly dialogs: Dialogs;
  /** The desk of the session that is shown. */
  readonly desk: () => Promise<ReviewDesk>;
  readonly proposals: Proposals;
  readonly subscriptions: vscode.Disposable[];
  readonly report: (error: unknown) => void;
}

/** What the sessions of a window share of checkpoints. Loaded when the first call with an effect may come, or a list is shown. */
export function composeCheckpoints(parts: CheckpointParts): WindowCheckpoints {
  const { workspace, storage, dialogs, desk: shown, report } = parts;
  const folder = join(storage, "checkpoints");
  const store = new ContentStore(join(folder, "contents"));
  const list = listWorkspace({
    folders: () => workspace.folders().map(({ path }) => path),
    engine: async () => {
      const ripgrep = await findRipgrep(workspace.folders());
      return ripgrep === undefined
        ? (await import("./tools/listing/slow-list.ts")).slowList
        : ripgrepList(ripgrep.path);
    },
    mostFiles: MOST_FILES,
  });
  let cleanedAt = 0;
  const clean = (): void => {
    if (Date.now() - cleanedAt < CLEAN_EVERY_MS) return;
    cleanedAt = Date.now();
    void cleanCheckpoints({ folder, sessions: join(storage, "sessions"), store, now: Date.now() }).catch(report);
  };
  const folders = () => realFolders(workspace.folders());
  const disk = new DiskFiles();
  const files = new EditorFiles(disk);
  const restorer = new EditorRestorer(files, disk);
  const editors = new ReviewEditors(
    () => workspace.folders(),
    (path, hunk, keeps) => void tellFailure(async () => (await shown()).actOnHunk(path, hunk, keeps)),
  );
  const diffs = new ProposalDiffs(parts.proposals);
  parts.subscriptions.push(editors, diffs);
  return {
    keepChange: () => tellFailure(async () => actAtCursor(editors, await shown(), true)),
    undoChange: () => tellFailure(async () => actAtCursor(editors, await shown(), false)),
    showProposal: (callId) => diffs.open(callId),
    goToChange: (step) => goToChange(editors, step),
    forSession: ({ session, policy, isShown, maySend, attend, keepOpen, isInPanel, giveBack, ...shows }) => {
      // Until the names are known, every file counts as one.
      let isSecret = (_path: string): boolean => true;
      const learn = async (): Promise<void> => {
        isSecret = await policy.files.withheldNames();
      };
      const keeper = new FileKeeper({ store, isSecret: (path) => isSecret(path) });
      const recorder = new ChangeRecorder({
        log: new ChangeLog(join(folder, `${session.chat.sessionId}.jsonl`)),
        keeper,
        // A workspace that cannot be listed is not kept; the command runs all the same.
        snapshot: async (signal) => {
          await learn();
          return takeSnapshot({ list, keeper, mostFiles: MOST_FILES, mostBytes: MOST_BYTES }, signal).catch(
            () => undefined,
          );
        },
        unsaved: async (path) => (isUnsaved(path) ? unsavedBytes(files, path) : undefined),
        turn: () => session.chat.current?.id,
        now: Date.now,
        onChanged: () => {
          clean();
          if (isShown()) void desk.show().catch(report);
        },
      });
      const review = new SessionReview({ recorder, keeper, store, restorer, files, folders, isUnsaved });
      const asking = { asks: asksBeforeResend, neverAsk: neverAskBeforeResend };
      const resend = { ...asking, attend, maySend, keepOpen, isInPanel, giveBack };
      const desk = new ReviewDesk({ session, review, editors, dialogs, folders, resend, ...shows });
      session.subscribe(({ type }) => {
        if (type === "turn-start" && isShown()) void desk.show().catch(report);
      });
      const record = (tool: Tool): Tool => {
        if (tool.effect === "read") return tool;
        const recorded = recorder.record(tool);
        return {
          ...recorded,
          prepare: async (input, signal) => {
            await learn();
            return recorded.prepare(input, signal);
          },
        };
      };
      return { desk, record: (tools) => tools.map(record) };
    },
  };
}

/** Undefined where saving it is not ours to foresee. */
async function unsavedBytes(files: EditorFiles, path: string): Promise<Uint8Array | undefined> {
  const { state } = await files.look(path, MOST_TEXT_BYTES).catch(() => ({ state: { kind: "missing" } as const }));
  return state.kind === "file" ? state.bytes : undefined;
}

function isUnsaved(path: string): boolean {
  const place = { path, canonical: path };
  return openDocument(place)?.isDirty === true || unsavedElsewhere(place);
}
