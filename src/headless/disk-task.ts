import { resolve } from "node:path";
import { ToolError } from "../agent/tool.ts";
import type { ApprovalDetail } from "../protocol/approval.ts";
import type { WorkspaceTask } from "../tools/task-runner.ts";
import { childEnvironment } from "./child-environment.ts";
import type { ProgramRun } from "./run-program.ts";
import { shellCall, shellLine } from "./shell-command.ts";
import { replaceVariables } from "./task-variables.ts";
import type { TaskDefinition, TaskWord } from "./tasks-json-schema.ts";

/** A task of tasks.json with everything resolved that decides what runs. */
export interface DiskTask {
  readonly shown: WorkspaceTask;
  /** Undefined where the task only has dependencies. */
  readonly run: ProgramRun | undefined;
  readonly dependsOn: readonly DiskTask[];
  readonly inSequence: boolean;
}

/** The task with this label, its dependencies included. Throws a `ToolError` where it cannot run without an editor. */
export function buildTask(label: string, definitions: readonly TaskDefinition[], folder: string): DiskTask {
  return build(label, definitions, folder, []);
}

export function labelOf(definition: TaskDefinition): string | undefined {
  if (definition.label !== undefined || definition.taskName !== undefined)
    return definition.label ?? definition.taskName;
  return definition.type === "npm" && definition.script !== undefined ? `npm: ${definition.script}` : undefined;
}

function build(
  label: string,
  definitions: readonly TaskDefinition[],
  folder: string,
  dependents: readonly string[],
): DiskTask {
  if (dependents.includes(label))
    throw new ToolError(`The task "${label}" depends on itself: ${[...dependents, label].join(" → ")}.`);
  const definition = definitions.find((candidate) => labelOf(candidate) === label);
  if (definition === undefined)
    throw new ToolError(`tasks.json has no task "${label}", on which "${dependents.at(-1)}" depends.`);
  const dependsOn = (definition.dependsOn ?? []).map((dependency) => {
    if (typeof dependency !== "string")
      throw new ToolError(`The task "${label}" depends on a task of an extension; that needs the editor.`);
    return build(dependency, definitions, folder, [...dependents, label]);
  });
  if (dependents.length > 0 && definition.isBackground === true) {
    throw new ToolError(
      `The task "${label}", on which "${dependents.at(-1)}" depends, never ends; that needs the editor.`,
    );
  }
  const command = describeCommand(definition, folder);
  const inSequence = definition.dependsOrder === "sequence";
  return { shown: show(label, definition, command, dependsOn, inSequence), run: command?.run, dependsOn, inSequence };
}

interface BuiltCommand {
  readonly run: ProgramRun;
  /** The command line as the user approves it. */
  readonly line: string;
  readonly details: readonly ApprovalDetail[];
}

function describeCommand(definition: TaskDefinition, folder: string): BuiltCommand | undefined {
  const resolveText = (text: string) => replaceVariables(text, folder);
  const resolveWord = (word: TaskWord): TaskWord =>
    typeof word === "string" ? resolveText(word) : { ...word, value: resolveText(word.value) };
  const named = definition.type === "npm" ? npmCommand(definition) : definition.command;
  if (named === undefined) return undefined;
  const command = resolveWord(named);
  const words = (definition.args ?? []).map(resolveWord);
  const { options = {} } = definition;
  const cwd = resolve(folder, resolveText(options.cwd ?? definition.path ?? ""));
  const env = Object.fromEntries(Object.entries(options.env ?? {}).map(([name, value]) => [name, resolveText(value)]));
  const isShell = definition.type === "shell" || definition.type === "npm";
  const shell = options.shell && {
    ...options.shell,
    executable: options.shell.executable && resolveText(options.shell.executable),
  };
  const line = isShell ? shellLine(command, words) : [command, ...words].map(plain).join(" ");
  const call = isShell
    ? shellCall(line, shell)
    : { program: plain(command), parameters: words.map(plain), verbatim: false };
  const run = { call, cwd, env: { ...childEnvironment(), ...env }, isBackground: definition.isBackground ?? false };
  const details = [
    { label: "Type", value: isShell ? `shell (${call.program})` : "process" },
    { label: isShell ? "Command line" : "Program", value: isShell ? line : call.program },
    ...(isShell ? [] : call.parameters.map((value) => ({ label: "Argument", value }))),
    { label: "Folder", value: cwd },
    ...Object.entries(env).map(([name, value]) => ({ label: "Environment", value: `${name}=${value}` })),
  ];
  return { run, line, details };
}

function npmCommand({ script }: TaskDefinition): string | undefined {
  return script === undefined ? undefined : `npm run ${script}`;
}

function plain(word: TaskWord): string {
  return typeof word === "string" ? word : word.value;
}

function show(
  label: string,
  definition: TaskDefinition,
  command: BuiltCommand | undefined,
  dependsOn: readonly DiskTask[],
  inSequence: boolean,
): WorkspaceTask {
  const first = dependsOn.map((task) => task.shown.label).join(", ");
  const summary = definition.detail ?? command?.line ?? `runs ${first}`;
  const order = inSequence ? "one after another" : "at the same time";
  const dependencies = dependsOn.flatMap((task) => [
    { label: "Runs first", value: task.shown.label },
    ...task.shown.details.map((detail) => ({ label: `${task.shown.label}: ${detail.label}`, value: detail.value })),
  ]);
  return {
    label,
    source: "Workspace",
    summary: summary.replace(/\s+/g, " ").slice(0, 200),
    details: [
      ...(command?.details ?? []),
      ...(dependsOn.length > 1 ? [{ label: "Order", value: order }] : []),
      ...dependencies,
    ],
    isBackground: definition.isBackground ?? false,
  };
}
