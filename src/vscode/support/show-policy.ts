import * as vscode from "vscode";

/** Puts a policy on the clipboard, and opens it as a document that can be changed and saved. */
export async function showPolicy(policy: string): Promise<void> {
  await vscode.env.clipboard.writeText(policy);
  const document = await vscode.workspace.openTextDocument({ language: "json", content: policy });
  await vscode.window.showTextDocument(document, { preview: true });
  vscode.window.setStatusBarMessage("IAM policy copied.", 5_000);
}

/** Runs `make` with a notification that says what goes on and can be canceled; undefined where it was. */
export async function whileWaiting<Made>(
  title: string,
  make: (signal: AbortSignal) => Promise<Made>,
): Promise<Made | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const stopped = new AbortController();
    token.onCancellationRequested(() => stopped.abort());
    try {
      return await make(stopped.signal);
    } catch (error) {
      if (!stopped.signal.aborted) throw error;
      return undefined;
    }
  });
}
