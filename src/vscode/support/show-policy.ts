import * as vscode from "vscode";
import { t } from "../../protocol/localize.ts";
import type { TextDocuments } from "./text-documents.ts";

const name = "Outcrop IAM Policy.json";

/** Puts a policy on the clipboard, and shows it. */
export async function showPolicy(documents: TextDocuments, policy: string): Promise<void> {
  await vscode.env.clipboard.writeText(policy);
  documents.set(name, policy);
  await documents.show(name, "json");
  vscode.window.setStatusBarMessage(t("IAM policy copied."), 5_000);
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
