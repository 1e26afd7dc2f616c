import assert from "node:assert/strict";
import { access } from "node:fs/promises";
import type { TestContext } from "node:test";
import { TasksJson } from "../../src/headless/tasks-json.ts";
import type { ApprovalDecision, ApprovalRequest } from "../../src/protocol/approval.ts";
import type { WorkspaceTask } from "../../src/tools/task-runner.ts";
import { exited, FakeTaskRunner } from "../support/fake-task-runner.ts";
import { writeTree } from "../support/write-tree.ts";
import { type FileScene, fileScene } from "./file-scene.ts";

type Definition = Readonly<Record<string, unknown>>;

/** A variable as tasks.json writes it. */
export function variable(name: string): string {
  return `\${${name}}`;
}

export function tasksFile(tasks: readonly Definition[]): string {
  return JSON.stringify({ version: "2.0.0", tasks });
}

/** A workspace whose tasks.json holds these tasks. */
export async function taskScene(test: TestContext, ...tasks: readonly Definition[]): Promise<FileScene> {
  const scene = await fileScene(test, { tasks: (ws) => new TasksJson(ws) });
  await writeTree(scene.ws, { ".vscode/tasks.json": tasksFile(tasks) });
  return scene;
}

/** A workspace with tasks as the editor would list them. */
export function listedScene(test: TestContext, ...tasks: readonly WorkspaceTask[]): Promise<FileScene> {
  const runner = new FakeTaskRunner(tasks.map((task) => ({ task, result: exited(0) })));
  return fileScene(test, { tasks: () => runner });
}

/** The user allows it, and makes the first rule that is offered for the session. */
export function always({ offers }: ApprovalRequest): ApprovalDecision {
  const [offer] = offers;
  assert.ok(offer !== undefined, "a rule is offered");
  return { kind: "allow", grant: { offer: offer.id, scope: "session" } };
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
