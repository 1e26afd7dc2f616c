import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tool } from "../../src/agent/tool.ts";
import { DiskFiles } from "../../src/headless/disk-files.ts";
import { DiskPlaces } from "../../src/headless/disk-places.ts";
import { ShellPrograms } from "../../src/headless/shell-programs.ts";
import { createTools, type ToolPorts } from "../../src/tools/create-tools.ts";
import { SessionPrograms } from "../../src/tools/running/session-programs.ts";
import { FakeTaskRunner } from "./fake-task-runner.ts";
import { fixedWorkspace } from "./fixed-workspace.ts";
import { openGuard } from "./open-guard.ts";

/** Every tool that the product has in VS Code, for what their definitions say: an editor that knows nothing stands behind them, but for what is given. */
export function everyTool(given: Partial<ToolPorts> = {}): readonly Tool[] {
  const none = { kind: "unanswered", language: "" } as const;
  return createTools({
    workspace: fixedWorkspace([]),
    ripgrep: async () => undefined,
    tasks: new FakeTaskRunner([]),
    files: new DiskFiles(),
    places: new DiskPlaces(join(tmpdir(), "outcrop-deleted")),
    programs: new ShellPrograms(),
    running: new SessionPrograms(),
    guard: openGuard,
    language: {
      readText: async () => "",
      workspaceSymbols: async () => none,
      documentSymbols: async () => none,
      references: async () => none,
      definitions: async () => none,
    },
    diagnostics: { all: () => [], ofFile: async () => ({ diagnostics: [], certainty: "unanswered" }) },
    repositories: { list: async () => [] },
    user: { ask: () => Promise.reject(new Error("Nobody is there.")) },
    plan: { showPlan: () => undefined },
    ...given,
  });
}
