import { ToolError } from "../agent/tool.ts";
import { resolvePath } from "./resolve-path.ts";
import type { WorkspaceFolder } from "./workspace.ts";

/** Where a command starts. With several folders open none is picked silently. */
export async function commandFolder(cwd: string | undefined, folders: readonly WorkspaceFolder[]): Promise<string> {
  if (cwd !== undefined) return (await resolvePath(cwd, folders)).path;
  const [only, ...others] = folders;
  if (only === undefined) throw new ToolError("No folder is open in the editor. Nothing was run.", "E_OUTSIDE");
  if (others.length === 0) return only.path;
  const names = folders.map(({ name, path }) => `- ${name} (${path})`).join("\n");
  throw new ToolError(`Several folders are open. Say with cwd in which one to run:\n${names}`, "E_PATH");
}
