import * as vscode from "vscode";

/**
 * Writes text into the terminal that was used last, or a new one, without running it. Several lines are pasted as VS Code
 * pastes them: it asks first where the shell would run each line at once.
 */
export async function typeIntoTerminal(text: string): Promise<void> {
  const typed = withoutControls(text);
  const terminal = vscode.window.activeTerminal ?? vscode.window.createTerminal();
  terminal.show(false);
  if (!typed.includes("\n")) return terminal.sendText(typed, false);
  const kept = await vscode.env.clipboard.readText();
  await vscode.env.clipboard.writeText(typed);
  try {
    await vscode.commands.executeCommand("workbench.action.terminal.paste");
  } finally {
    await vscode.env.clipboard.writeText(kept);
  }
}

/** A control character could run what is typed, or end a paste early. */
function withoutControls(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")
    .trimEnd();
}
