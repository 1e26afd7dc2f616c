import * as vscode from "vscode";
import { displayLanguage, t } from "../protocol/localize.ts";
import type { SessionPrograms } from "../tools/running/session-programs.ts";

/** Ends programs of the chat that were left running, those that the user picks. */
export async function stopPrograms(programs: SessionPrograms | undefined): Promise<void> {
  const running = (programs?.left ?? []).filter(({ isRunning }) => isRunning);
  if (running.length === 0) {
    void vscode.window.showInformationMessage(t("Nothing that Outcrop started was left running in this chat."));
    return;
  }
  const items = running.map((program) => ({
    label: program.name,
    description: t("since {0}", new Date(program.startedAt).toLocaleTimeString(displayLanguage())),
    picked: running.length === 1,
    program,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: t("Stop what is still running"),
  });
  await Promise.all((picked ?? []).map(({ program }) => program.end(new Error("The user ended it."))));
}
