import { realpath } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import * as z from "zod";
import type { TaskInput } from "./task-inputs.ts";

const input = z.object({
  id: z.string(),
  type: z.string(),
  description: z.string().optional().catch(undefined),
  default: z.string().optional().catch(undefined),
  options: z
    .array(z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)]))
    .optional()
    .catch(undefined),
  command: z.string().optional().catch(undefined),
});
const inputs = z.array(input.catch({ id: "", type: "" })).catch([]);
const contributedTypes = z
  .object({ contributes: z.object({ taskDefinitions: z.array(z.object({ type: z.string() })) }) })
  .transform(({ contributes }) => contributes.taskDefinitions.map(({ type }) => type))
  .catch([]);

/** The tasks.json, or the workspace file, that a task stands in: its real path. Undefined for tasks of the user or an extension. */
export async function definingFile({ source, scope }: vscode.Task): Promise<string | undefined> {
  if (source !== "Workspace") return undefined;
  const file =
    typeof scope === "object"
      ? join(scope.uri.fsPath, ".vscode", "tasks.json")
      : vscode.workspace.workspaceFile?.fsPath;
  return file === undefined ? undefined : realpath(file).catch(() => file);
}

/** The extensions that contribute tasks of this type, by their ids; none for the editor's own types. */
export function providersOf(type: string): readonly string[] {
  return vscode.extensions.all
    .filter(({ packageJSON }) => contributedTypes.parse(packageJSON).includes(type))
    .map(({ id }) => id);
}

/** `inputs` of the tasks.json of the task's folder, or of the window. */
export function inputsFor(scope: vscode.Task["scope"]): readonly TaskInput[] {
  const folder = typeof scope === "object" ? scope.uri : undefined;
  return inputs.parse(vscode.workspace.getConfiguration("tasks", folder).get("inputs"));
}

/** A setting as the editor puts it into a task. */
export function settingFor(name: string, scope: vscode.Task["scope"]): string | undefined {
  const folder = typeof scope === "object" ? scope.uri : undefined;
  const value: unknown = vscode.workspace.getConfiguration(undefined, folder).get(name);
  if (value === undefined) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
