import * as vscode from "vscode";
import { usageCsv } from "../../policy/usage/usage-csv.ts";
import type { UsageLedger } from "../../policy/usage/usage-ledger.ts";
import { t } from "../../protocol/localize.ts";

/** Writes every model call that is kept to a file that the user names. No text of a chat is in it. */
export async function exportUsage(ledger: Pick<UsageLedger, "read">): Promise<void> {
  const records = await ledger.read();
  if (records.length === 0) {
    void vscode.window.showInformationMessage(t("No model call has been counted yet."));
    return;
  }
  const target = await vscode.window.showSaveDialog({ title: t("Export Usage"), filters: { CSV: ["csv"] } });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, Buffer.from(usageCsv(records)));
}
