import { join } from "node:path";
import type { Tool } from "../agent/tool.ts";
import { createTools } from "../tools/create-tools.ts";
import type { FilesGuard } from "../tools/files-guard.ts";
import type { PlanBoard } from "../tools/plan-board.ts";
import { SessionPrograms } from "../tools/running/session-programs.ts";
import type { UserQuestions } from "../tools/user-questions.ts";
import { DiskFiles } from "./disk-files.ts";
import { DiskPlaces } from "./disk-places.ts";
import { DiskWorkspace } from "./disk-workspace.ts";
import { findRipgrep } from "./find-ripgrep.ts";
import { ShellPrograms } from "./shell-programs.ts";
import { stateFolder } from "./state-folder.ts";
import { TasksJson } from "./tasks-json.ts";

/** Every tool on one folder, under plain Node. */
export function createDiskTools({
  folder,
  guard,
  running = new SessionPrograms(),
  ...talk
}: {
  readonly folder: string;
  readonly running?: SessionPrograms;
  readonly guard: FilesGuard;
  readonly user?: UserQuestions;
  readonly plan?: PlanBoard;
}): readonly Tool[] {
  return createTools({
    workspace: new DiskWorkspace(folder),
    ripgrep: findRipgrep,
    tasks: new TasksJson(folder),
    files: new DiskFiles(),
    places: new DiskPlaces(join(stateFolder(), "deleted")),
    programs: new ShellPrograms(),
    running,
    guard,
    ...talk,
  });
}
