import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { ChangeDiagnostics, ChangedFile, FileProblem } from "../../tools/change-diagnostics.ts";
import type { FileSnapshot } from "../../tools/text-files.ts";
import { openDocument } from "./open-documents.ts";

type Place = Pick<FileSnapshot, "path" | "canonical">;

/** How long is waited for a language to report, in milliseconds. */
export interface SettleTimes {
  /** For its first word. */
  readonly first: number;
  /** Without another word, after one. */
  readonly quiet: number;
  readonly most: number;
}

const usualTimes: SettleTimes = { first: 1500, quiet: 400, most: 5000 };
const POLL_MS = 50;

/** The errors and warnings of VS Code's languages for a file that changes. A file of the workspace that no editor has is opened for that, unseen. */
export class EditorChangeDiagnostics implements ChangeDiagnostics {
  readonly #times: SettleTimes;
  /** Languages that did not say a word of a file: they are not waited for until they do. */
  readonly #silent = new Set<string>();

  constructor(times: SettleTimes = usualTimes) {
    this.#times = times;
  }

  async around<Result>(place: Place, change: () => Promise<Result>, signal: AbortSignal): Promise<ChangedFile<Result>> {
    const wasOpen = openDocument(place) !== undefined;
    // VS Code does not watch files elsewhere, so that an unseen text of them would stay the old one.
    if (!wasOpen && !isInWorkspace(place)) return { result: await change(), problems: [] };
    const reports = new Reports(place);
    try {
      const document = await load(place);
      if (document !== undefined && !wasOpen) await this.#settle(document, reports, 0, signal);
      const before = document === undefined ? [] : problemsOf(document);
      const version = document?.version;
      const heard = reports.count;
      const result = await change();
      const after = async (): Promise<readonly FileProblem[]> => {
        const changed = document ?? (await load(place));
        if (changed === undefined || !(await this.#hasRead(changed, version, signal))) return [];
        await this.#settle(changed, reports, heard, signal);
        return added(before, problemsOf(changed));
      };
      // The file is changed whatever becomes of the look at it: a turn that is stopped now has made its change.
      return { result, problems: await after().catch(() => []) };
    } finally {
      reports.dispose();
    }
  }

  /** A file that was written on disk is read by its editor a moment later. */
  async #hasRead(document: vscode.TextDocument, version: number | undefined, signal: AbortSignal): Promise<boolean> {
    const end = Date.now() + 2 * this.#times.first;
    while (document.version === version) {
      if (Date.now() > end) return false;
      await delay(POLL_MS, undefined, { signal });
    }
    return true;
  }

  /** Until the language has reported more than `heard` times and then been quiet. */
  async #settle(
    { languageId }: vscode.TextDocument,
    reports: Reports,
    heard: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { first, quiet, most } = this.#times;
    const begin = Date.now();
    const patience = this.#silent.has(languageId) ? quiet : first;
    for (;;) {
      const now = Date.now();
      const isQuiet = reports.count > heard ? now - reports.last >= quiet : now - begin >= patience;
      if (isQuiet || now - begin >= most) break;
      await delay(POLL_MS, undefined, { signal });
    }
    if (reports.count > heard) this.#silent.delete(languageId);
    else this.#silent.add(languageId);
  }
}

/** How often, and when, languages reported on a file. */
class Reports {
  count = 0;
  /** Milliseconds, as `Date.now()`. */
  last = 0;
  readonly #subscription: vscode.Disposable;

  constructor({ path, canonical }: Place) {
    const own = [path, canonical].map((each) => vscode.Uri.file(each).fsPath);
    this.#subscription = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (!uris.some(({ fsPath }) => own.includes(fsPath))) return;
      this.count++;
      this.last = Date.now();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

function isInWorkspace({ path }: Place): boolean {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path)) !== undefined;
}

/** Undefined for what does not exist yet or is no text. */
async function load(place: Place): Promise<vscode.TextDocument | undefined> {
  try {
    return openDocument(place) ?? (await vscode.workspace.openTextDocument(vscode.Uri.file(place.path)));
  } catch {
    return undefined;
  }
}

function problemsOf({ uri }: vscode.TextDocument): readonly FileProblem[] {
  return vscode.languages.getDiagnostics(uri).flatMap(({ severity, range, message, source, code }) => {
    if (severity > vscode.DiagnosticSeverity.Warning) return [];
    const plainCode = typeof code === "object" ? code.value : code;
    const who = [source, plainCode].filter((part) => part !== undefined).join(" ");
    return [
      {
        severity: severity === vscode.DiagnosticSeverity.Error ? "error" : "warning",
        line: range.start.line + 1,
        message,
        ...(who !== "" && { source: who }),
      } as const,
    ];
  });
}

/** By what they say and how often, not by their lines, which a change moves. */
function added(before: readonly FileProblem[], after: readonly FileProblem[]): readonly FileProblem[] {
  const known = before.map(keyOf);
  return after.filter((problem) => {
    const at = known.indexOf(keyOf(problem));
    if (at === -1) return true;
    known.splice(at, 1);
    return false;
  });
}

function keyOf({ severity, message, source }: FileProblem): string {
  return JSON.stringify([severity, message, source]);
}
