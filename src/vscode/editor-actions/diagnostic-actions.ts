import * as vscode from "vscode";
import { t, text } from "../../protocol/localize.ts";

/** What the light bulb, Quick Fix and the Problems view offer for a problem. */
const offers = [
  { title: text("Fix with Outcrop"), command: "outcrop.fixProblem" },
  { title: text("Explain with Outcrop"), command: "outcrop.explainProblem" },
  { title: text("Add to Chat with Outcrop"), command: "outcrop.addProblemToChat" },
] as const;

/** Offers the commands for problems wherever one is. Reads nothing: what was pressed does. */
export function registerDiagnosticActions(): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: ({ uri }, _range, { diagnostics, only }) => {
      const isWanted = only === undefined || only.contains(vscode.CodeActionKind.QuickFix);
      if (!isWanted || diagnostics.length === 0) return [];
      return offers.map(({ title: literal, command }) => {
        const title = t(literal);
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.diagnostics = [...diagnostics];
        action.command = { title, command, arguments: [{ uri, diagnostics: [...diagnostics] }] };
        return action;
      });
    },
  };
  return vscode.languages.registerCodeActionsProvider(
    [{ scheme: "file" }, { scheme: "vscode-remote" }, { scheme: "untitled" }],
    provider,
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}
