import { realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { ToolError } from "../agent/tool.ts";
import type { ApprovalDetail } from "../protocol/approval.ts";
import { readScript, scriptIn } from "../tools/package-scripts.ts";
import type { ReadyPattern } from "../tools/ready-watch.ts";
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

/** One task under the label that the list gives it, among all of its folder's. */
export interface ListedDefinition {
  readonly label: string;
  readonly definition: TaskDefinition;
  readonly definitions: readonly TaskDefinition[];
  readonly folder: string;
}

/** The task with its dependencies. Throws a `ToolError` where it cannot run without an editor. */
export function buildTask(listed: ListedDefinition): Promise<DiskTask> {
  return build(listed, []);
}

export function labelOf(definition: TaskDefinition): string | undefined {
  if (definition.label !== undefined || definition.taskName !== undefined)
    return definition.label ?? definition.taskName;
  return definition.type === "npm" && definition.script !== undefined ? `npm: ${definition.script}` : undefined;
}

/** `dependents`: what it runs for, each named by itself. */
async function build(listed: ListedDefinition, dependents: readonly string[]): Promise<DiskTask> {
  const { label, definition, folder } = listed;
  if (dependents.includes(label))
    throw new ToolError(`The task "${label}" depends on itself: ${[...dependents, label].join(" → ")}.`);
  const dependsOn: DiskTask[] = [];
  for (const dependency of definition.dependsOn ?? []) {
    if (typeof dependency !== "string")
      throw new ToolError(`The task "${label}" depends on a task of an extension; that needs the editor.`);
    dependsOn.push(await build(findDependency(dependency, listed), [...dependents, label]));
  }
  if (dependents.length > 0 && definition.isBackground === true) {
    throw new ToolError(
      `The task "${label}", on which "${dependents.at(-1)}" depends, never ends; that needs the editor.`,
    );
  }
  const command = await describeCommand(definition, folder);
  const inSequence = definition.dependsOrder === "sequence";
  return { shown: show(listed, command, dependsOn), run: command?.run, dependsOn, inSequence };
}

function findDependency(label: string, dependent: ListedDefinition): ListedDefinition {
  const [definition, ...others] = dependent.definitions.filter((candidate) => labelOf(candidate) === label);
  if (definition === undefined)
    throw new ToolError(`tasks.json has no task "${label}", on which "${dependent.label}" depends.`);
  if (others.length > 0)
    throw new ToolError(`tasks.json has several tasks "${label}", on which "${dependent.label}" depends.`);
  return { ...dependent, label, definition };
}

interface BuiltCommand {
  readonly run: ProgramRun;
  /** The command line as the user approves it. */
  readonly line: string;
  readonly details: readonly ApprovalDetail[];
  /** Files beside tasks.json that say what runs. */
  readonly files: readonly string[];
}

async function describeCommand(definition: TaskDefinition, folder: string): Promise<BuiltCommand | undefined> {
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
  const script = scriptIn(line);
  const scripts = script === undefined ? undefined : await readScript(cwd, script);
  const run = { call, cwd, env: { ...childEnvironment(), ...env }, isBackground: definition.isBackground ?? false };
  const details = [
    { label: "Type", value: isShell ? `shell (${call.program})` : "process" },
    { label: isShell ? "Command line" : "Program", value: isShell ? line : call.program },
    ...(isShell ? [] : call.parameters.map((value) => ({ label: "Argument", value }))),
    ...(scripts?.details ?? []),
    { label: "Folder", value: cwd },
    ...Object.entries(env).map(([name, value]) => ({ label: "Environment", value: `${name}=${value}` })),
  ];
  return { run, line, details, files: scripts === undefined ? [] : [scripts.file] };
}

function npmCommand({ script }: TaskDefinition): string | undefined {
  return script === undefined ? undefined : `npm run ${script}`;
}

function plain(word: TaskWord): string {
  return typeof word === "string" ? word : word.value;
}

function show(
  { label, definition, folder }: ListedDefinition,
  command: BuiltCommand | undefined,
  dependsOn: readonly DiskTask[],
): WorkspaceTask {
  const first = dependsOn.map((task) => task.shown.label).join(", ");
  const summary = definition.detail ?? command?.line ?? `runs ${first}`;
  const order = definition.dependsOrder === "sequence" ? "one after another" : "at the same time";
  const dependencies = dependsOn.flatMap((task) => [
    { label: "Runs first", value: task.shown.label },
    ...task.shown.details.map((detail) => ({ label: `${task.shown.label}: ${detail.label}`, value: detail.value })),
  ]);
  const source = tasksFile(folder);
  const files = [source, ...(command?.files ?? []), ...dependsOn.flatMap((task) => task.shown.files)];
  return {
    label,
    source: "Workspace",
    summary: summary.replace(/\s+/g, " ").slice(0, 200),
    details: [
      ...(command?.details ?? []),
      { label: "Defined in", value: source },
      ...(dependsOn.length > 1 ? [{ label: "Order", value: order }] : []),
      ...dependencies,
    ],
    files: [...new Set(files)],
    isResolvedByCommand: false,
    isBackground: definition.isBackground ?? false,
    ...(definition.group?.kind === "test" && { tests: definition.group.isDefault === false ? "other" : "default" }),
    ...(definition.isBackground === true && { readyPatterns: readyPatterns(definition) }),
  };
}

function readyPatterns({ problemMatcher = [] }: TaskDefinition): readonly ReadyPattern[] {
  return problemMatcher.flatMap((matcher) => {
    if (typeof matcher === "string" || matcher.background === undefined) return [];
    const { beginsPattern: begins, endsPattern: ends } = matcher.background;
    return [{ ends, ...(begins !== undefined && { begins }) }];
  });
}

/** Real, where it exists. */
function tasksFile(folder: string): string {
  const path = join(folder, ".vscode", "tasks.json");
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
