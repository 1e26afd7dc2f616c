import * as vscode from "vscode";

/** A code block of an answer. */
export interface AppliedCode {
  readonly text: string;
  /** Relative to the workspace, as the answer names it; absent: the file of the active editor. */
  readonly path?: string | undefined;
  /** As the model named it. */
  readonly language?: string | undefined;
}

/** Compares the file with what the code would make of it, in VS Code's diff editor; the user applies it there, or not. */
export async function applyInEditor(code: AppliedCode): Promise<void> {
  await vscode.commands.executeCommand("outcrop.applyInEditor", code);
}
