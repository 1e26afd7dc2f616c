import * as vscode from "vscode";
import { untilAborted } from "../../agent/until-aborted.ts";
import type { Diagnostic, Diagnostics, FileDiagnostics, Severity } from "../../tools/diagnostics.ts";
import { extensionsFor } from "./language-extensions.ts";
import { typescriptDiagnostics } from "./typescript-diagnostics.ts";

/** How long an extension has to answer for a file, when it may have to start for it. */
const ANSWER_MS = 20_000;
/** How long a report is waited for: none comes of a file without problems, and most extensions are quick. */
const REPORT_MS = 5000;
/** Of a file that has a tab the report is there already, but for the moment after it was opened. */
const SHOWN_REPORT_MS = 1500;

const severities: Readonly<Record<vscode.DiagnosticSeverity, Severity>> = {
  [vscode.DiagnosticSeverity.Error]: "error",
  [vscode.DiagnosticSeverity.Warning]: "warning",
  [vscode.DiagnosticSeverity.Information]: "information",
  [vscode.DiagnosticSeverity.Hint]: "hint",
};

/** What the editor's extensions and tasks have reported. */
export class EditorDiagnostics implements Diagnostics {
  all(): readonly Diagnostic[] {
    return vscode.languages.getDiagnostics().flatMap(([uri, list]) => toDiagnostics(uri, list));
  }

  async ofFile(path: string, signal: AbortSignal): Promise<FileDiagnostics> {
    const uri = vscode.Uri.file(path);
    const known = () => toDiagnostics(uri, vscode.languages.getDiagnostics(uri));
    const limit = AbortSignal.timeout(ANSWER_MS);
    const either = AbortSignal.any([signal, limit]);
    const reported = nextReport(uri);
    try {
      const document = await untilAborted(Promise.resolve(vscode.workspace.openTextDocument(uri)), either);
      if (extensionsFor(document.languageId).length === 0) return { diagnostics: known(), certainty: "unanswered" };
      const asked = await untilAborted(typescriptDiagnostics(document), either);
      if (asked !== undefined) return { diagnostics: merge(known(), asked), certainty: "reported" };
      if (known().length === 0) {
        const wait = AbortSignal.timeout(hasTab(uri) ? SHOWN_REPORT_MS : REPORT_MS);
        await untilAborted(reported.promise, AbortSignal.any([either, wait])).catch(() => signal.throwIfAborted());
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!limit.aborted) throw error;
    } finally {
      reported.dispose();
    }
    const diagnostics = known();
    return { diagnostics, certainty: diagnostics.length > 0 || hasTab(uri) ? "reported" : "unknown" };
  }
}

function hasTab(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
}

/** Resolves when somebody reports on the file. */
function nextReport(uri: vscode.Uri): { readonly promise: Promise<void>; dispose(): void } {
  let listener: vscode.Disposable | undefined;
  const promise = new Promise<void>((resolve) => {
    listener = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((changed) => changed.toString() === uri.toString())) resolve();
    });
  });
  return { promise, dispose: () => listener?.dispose() };
}

function merge(known: readonly Diagnostic[], asked: readonly Diagnostic[]): readonly Diagnostic[] {
  const keys = new Set(asked.map(keyOf));
  return [...asked, ...known.filter((one) => !keys.has(keyOf(one)))];
}

function keyOf({ line, column, message }: Diagnostic): string {
  return `${line}:${column}:${message}`;
}

/** Of what is in no file on disk nothing. */
function toDiagnostics(uri: vscode.Uri, list: readonly vscode.Diagnostic[]): readonly Diagnostic[] {
  if (uri.scheme !== "file") return [];
  return list.map(({ range, severity, message, source, code }) => {
    const named = typeof code === "object" ? code.value : code;
    return {
      path: uri.fsPath,
      line: range.start.line + 1,
      column: range.start.character + 1,
      severity: severities[severity],
      message,
      ...(source !== undefined && { source }),
      ...(named !== undefined && { code: String(named) }),
    };
  });
}
