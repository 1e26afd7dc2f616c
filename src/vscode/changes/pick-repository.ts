import * as vscode from "vscode";
import * as z from "zod";
import { t } from "../../protocol/localize.ts";
import type { GitApi, GitRepository } from "./git-extension.ts";

/** What the menu of the Source Control view gives: the provider of the repository. */
const provider = z.object({ rootUri: z.custom<vscode.Uri>((value) => value instanceof vscode.Uri) });

/** The one that a menu was opened on; else the only one, or the one that the user picks. Where there is none, that is told. */
export async function pickRepository(
  { repositories }: GitApi,
  given: unknown,
  title: string,
): Promise<GitRepository | undefined> {
  const asked = provider.safeParse(given).data?.rootUri.toString();
  const known = repositories.find(({ rootUri }) => rootUri.toString() === asked);
  const [only, ...more] = repositories;
  if (known !== undefined) return known;
  if (only === undefined) {
    void vscode.window.showErrorMessage(t("The workspace has no git repository that is open in the editor."));
    return undefined;
  }
  if (more.length === 0) return only;
  const items = repositories.map((repository) => ({
    label: vscode.workspace.asRelativePath(repository.rootUri),
    repository,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.repository;
}
