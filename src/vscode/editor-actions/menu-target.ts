import * as vscode from "vscode";
import * as z from "zod";

const uri = z.custom<vscode.Uri>((value) => value instanceof vscode.Uri);
/** A file in the Source Control view. */
const resource = z.object({ resourceUri: uri });

/**
 * The files that a menu was opened on; undefined: what the active editor shows. The Explorer gives the one below the
 * pointer and all that are selected, an editor or its tab its own, the Source Control view its rows.
 */
export function menuTarget(given: readonly unknown[]): readonly vscode.Uri[] | undefined {
  const [first, second] = given;
  const selected = z.array(uri).min(1).safeParse(second);
  if (selected.success) return selected.data;
  const rows = z
    .array(resource)
    .min(1)
    .safeParse(Array.isArray(second) ? second : given);
  if (rows.success) return rows.data.map(({ resourceUri }) => resourceUri);
  const one = uri.safeParse(first);
  if (!one.success || isActive(one.data)) return undefined;
  return [one.data];
}

function isActive(target: vscode.Uri): boolean {
  return vscode.window.activeTextEditor?.document.uri.toString() === target.toString();
}
