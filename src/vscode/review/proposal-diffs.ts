import { basename } from "node:path";
import * as vscode from "vscode";
import { t } from "../../protocol/localize.ts";
import type { Proposals, ProposedChange } from "./proposals.ts";

const scheme = "outcrop-proposal";

/** Opens what a call would change in VS Code's own diff editor. Both sides are the texts that were judged, read-only. */
export class ProposalDiffs implements vscode.Disposable {
  readonly #proposals: Proposals;
  readonly #registration: vscode.Disposable;

  constructor(proposals: Proposals) {
    this.#proposals = proposals;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: ({ path, fragment, query }) => {
        const change = proposals.of(query).find((one) => vscode.Uri.file(one.path).path === path);
        return (fragment === "before" ? change?.before : change?.after) ?? "";
      },
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }

  async open(callId: string): Promise<void> {
    const changes = this.#proposals.of(callId);
    const side = ({ path }: ProposedChange, fragment: "before" | "after"): vscode.Uri =>
      vscode.Uri.file(path).with({ scheme, query: callId, fragment });
    const [first] = changes;
    if (first === undefined) {
      void vscode.window.showInformationMessage(t("This call changes no text that could be compared."));
    } else if (changes.length === 1) {
      const title = t("{0} (Outcrop: now ↔ proposed)", basename(first.path));
      await vscode.commands.executeCommand("vscode.diff", side(first, "before"), side(first, "after"), title);
    } else {
      const resources = changes.map((one) => [vscode.Uri.file(one.path), side(one, "before"), side(one, "after")]);
      await vscode.commands.executeCommand("vscode.changes", t("Outcrop: Proposed Changes"), resources);
    }
  }
}
