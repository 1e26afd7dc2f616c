import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Effect, Target, Tool } from "../../../../src/agent/tool.ts";
import { ChangeLog } from "../../../../src/tools/checkpoints/change-log.ts";
import { ChangeRecorder } from "../../../../src/tools/checkpoints/change-recorder.ts";
import { ContentStore } from "../../../../src/tools/checkpoints/content-store.ts";
import { FileKeeper } from "../../../../src/tools/checkpoints/file-keeper.ts";
import type { FileChange } from "../../../../src/tools/checkpoints/session-changes.ts";
import { takeSnapshot } from "../../../../src/tools/checkpoints/workspace-snapshot.ts";
import { fakeTool } from "../../../support/fake-tool.ts";

export interface ChangesScene {
  readonly recorder: ChangeRecorder;
  readonly keeper: FileKeeper;
  readonly store: ContentStore;
  readonly told: (readonly FileChange[])[];
  /** What an editor has unsaved, by path. */
  readonly unsaved: Map<string, string>;
  turn: string;
}

/** A session's changes below `storage`, of the files below `workspace`. A second scene is the session after a restart. */
export function changesScene(storage: string, workspace: string, mostFiles = 100): ChangesScene {
  const store = new ContentStore(join(storage, "contents"));
  const keeper = new FileKeeper({ store, isSecret: (path) => path.endsWith(".env") });
  const told: (readonly FileChange[])[] = [];
  const unsaved = new Map<string, string>();
  const scene: ChangesScene = {
    turn: "turn 1",
    store,
    keeper,
    told,
    unsaved,
    recorder: new ChangeRecorder({
      log: new ChangeLog(join(storage, "session.jsonl")),
      keeper,
      snapshot: (signal) => takeSnapshot({ list: () => filesBelow(workspace), keeper, mostFiles }, signal),
      unsaved: async (path) => (unsaved.has(path) ? Buffer.from(unsaved.get(path) ?? "") : undefined),
      turn: () => scene.turn,
      now: () => 1,
      onChanged: (changes) => void told.push(changes),
    }),
  };
  return scene;
}

/** A tool whose calls do `change`. */
export function changingTool(effect: Effect, targets: readonly Target[], change: () => Promise<void>): Tool {
  const tool = fakeTool("change", () => ({
    effect,
    targets,
    run: async () => {
      await change();
      return { content: [{ text: "done" }], title: "Changed" };
    },
  }));
  return { ...tool, effect };
}

/** Prepares and runs one call as the loop does. */
export async function call({ recorder }: ChangesScene, tool: Tool): Promise<void> {
  const { signal } = new AbortController();
  const prepared = await recorder.record(tool).prepare({}, signal);
  await prepared.run({ signal, output: () => undefined });
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) yield join(entry.parentPath, entry.name);
  }
}
