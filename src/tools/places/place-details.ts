import { join } from "node:path";
import { type Target, ToolError } from "../../agent/tool.ts";
import type { ApprovalDetail } from "../../protocol/approval.ts";
import { plural, t } from "../../protocol/localize.ts";
import { expectedPath } from "../open-no-follow.ts";
import { isInsideByText } from "../resolve-path.ts";
import type { WorkspaceFolder } from "../workspace.ts";
import type { Place } from "./look-at-place.ts";

export const PLACE_TIME_MS = 30_000;
const LISTED_ENTRIES = 30;

/** The place with all that is in it, each judged by itself; at another place as if it were there already. */
export function targetsOf(place: Place, at: Place = place): readonly Target[] {
  const inner = place.entries.map((name): Target => ({ path: join(at.path, name), access: "write" }));
  return [{ path: at.path, access: "write", canonical: at.canonical }, ...inner];
}

/** For the approval: what it is, and what is in it. */
export function contentsOf({ kind, entries, size }: Place): readonly ApprovalDetail[] {
  const bytes = plural(size, "{0} byte", "{0} bytes");
  if (kind !== "folder") return [{ label: t("Size"), value: bytes }];
  const left = entries.length - LISTED_ENTRIES;
  const listed = [...entries.slice(0, LISTED_ENTRIES), ...(left > 0 ? [t("and {0} more", left)] : [])];
  return [
    {
      label: t("Holds"),
      value: `${plural(entries.length, "{0} file and folders", "{0} files and folders")}, ${bytes}`,
    },
    ...(entries.length === 0 ? [] : [{ label: t("In it"), value: listed.join(", ") }]),
  ];
}

/** Behind a folder's name: ` (12 files and folders)`. */
export function inBrackets({ kind, entries }: Place): string {
  return kind === "folder" ? ` (${entryCount(entries.length)})` : "";
}

function entryCount(count: number): string {
  return `${count} file${count === 1 ? "" : "s"} and folders`;
}

/** Throws a `ToolError` with E_PATH for a folder that is open, or holds one, by its absolute path. */
export async function refuseOpenFolder(place: string, folders: readonly WorkspaceFolder[]): Promise<void> {
  const canonical = await expectedPath(place);
  for (const { path } of folders) {
    if (isInsideByText(canonical, await expectedPath(path))) {
      throw new ToolError(`${place} is a folder that is open in the editor, or holds one.`, "E_PATH");
    }
  }
}
