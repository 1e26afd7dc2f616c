import type { Tool } from "../agent/tool.ts";
import { createTools } from "../tools/create-tools.ts";
import type { FilesGuard } from "../tools/files-guard.ts";
import { SessionPrograms } from "../tools/running/session-programs.ts";
import { DiskFiles } from "./disk-files.ts";
import { DiskWorkspace } from "./disk-workspace.ts";
import { findRipgrep } from "./find-ripgrep.ts";
import { ShellPrograms } from "./shell-programs.ts";
import { TasksJson } from "./tasks-json.ts";

/** Every tool on one folder, under plain Node. */
export function createDiskTools({
  folder,
  guard,
  running = new SessionPrograms(),
}: {
  readonly folder: string;
  readonly running?: SessionPrograms;
  readonly guard: FilesGuard;
}): readonly Tool[] {
  return createTools({
    workspace: new DiskWorkspace(folder),
    ripgrep: findRipgrep,
    tasks: new TasksJson(folder),
    files: new DiskFiles(),
    programs: new ShellPrograms(),
    running,
    guard,
  });
}
