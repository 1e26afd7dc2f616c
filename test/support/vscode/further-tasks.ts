import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";

/** Tasks beside those of the sample workspace, for what it has none for. */
export const FURTHER_TASKS = [
  { label: "host: fails", type: "shell", command: "echo before the end; exit 3" },
  { label: "host: silent", type: "shell", command: "exit 0" },
  {
    label: "host: long output",
    type: "process",
    command: "node",
    args: ["-e", "for (let i = 0; i < 30000; i++) console.log('row', i)"],
  },
  { label: "host: missing program", type: "process", command: "./no-such-program" },
  { label: "host: after failure", type: "shell", command: "echo must not run", dependsOn: ["host: fails"] },
  {
    label: "host: after success",
    type: "shell",
    command: "echo last",
    dependsOn: ["host: silent", "build"],
    dependsOrder: "sequence",
    options: { env: { SHOWN_NAME: "shown value" } },
  },
  { label: "host: watch", type: "shell", command: "echo ready; sleep 60", isBackground: true },
].map((task) => ({ ...task, problemMatcher: [] }));

/** Waits until the editor lists a task. */
export async function untilListed(label: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const tasks = await vscode.tasks.fetchTasks();
    if (tasks.some(({ name }) => name === label)) return;
    await delay(100);
  }
  assert.fail(`the editor does not list the task ${label}`);
}

/** Waits until the editor has a shell task with another command line. */
export async function untilChanged(name: string, commandLine: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const tasks = await vscode.tasks.fetchTasks();
    const execution = tasks.find((task) => task.name === name)?.execution;
    if (execution instanceof vscode.ShellExecution && execution.commandLine === commandLine) return;
    await delay(100);
  }
  assert.fail(`the editor does not see the changed task ${name}`);
}
