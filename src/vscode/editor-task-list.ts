import { join } from "node:path";
import * as vscode from "vscode";
import type { ApprovalDetail } from "../protocol/approval.ts";
import { t } from "../protocol/localize.ts";
import { numberLabels } from "../tools/number-labels.ts";
import { type PackageScript, readScript, scriptIn } from "../tools/package-scripts.ts";
import type { WorkspaceTask } from "../tools/task-runner.ts";
import { definitionOf, readyPatterns, type TaskDefinition, type TaskDependency } from "./task-definitions.ts";
import { describeVariables } from "./task-inputs.ts";
import { definingFile, inputsFor, providersOf, settingFor } from "./task-source.ts";

/** A task of the editor with all that it brings along. */
export interface EditorTask {
  readonly shown: WorkspaceTask;
  readonly task: vscode.Task;
  readonly definition: TaskDefinition | undefined;
  /** Tasks that run before it, and those that run before them. */
  readonly dependencies: readonly vscode.Task[];
}

const LONGEST_SUMMARY = 200;
/** What the editor gives as the folder of a task that names none. */
const FOLDER_VARIABLE = /^\$\{workspaceFolder\}/;

/** All tasks that the editor knows, each with a label of its own. */
export async function listEditorTasks(): Promise<readonly EditorTask[]> {
  const tasks = await vscode.tasks.fetchTasks();
  const labels = uniqueLabels(tasks);
  return Promise.all(tasks.map((task, index) => toEditorTask(task, labels[index] ?? task.name, tasks)));
}

async function toEditorTask(task: vscode.Task, label: string, all: readonly vscode.Task[]): Promise<EditorTask> {
  const definition = definitionOf(task.name, task.scope);
  const dependencies = dependenciesOf(task, all, [task]);
  const own = await describeTask(task);
  const others = await Promise.all(dependencies.map(describeTask));
  const details = [
    ...own.details,
    ...(definition?.dependsOrder === "sequence" ? [{ label: t("Order"), value: t("one after another") }] : []),
    ...dependencies.flatMap((dependency, index) => nameDetails(labelOf(dependency), others[index]?.details ?? [])),
  ];
  const parts = [own, ...others];
  const shown = {
    label,
    source: task.source,
    summary: summaryOf(task, dependencies),
    details,
    files: [...new Set(parts.flatMap(({ files }) => files))],
    isResolvedByCommand: parts.some(({ isResolvedByCommand }) => isResolvedByCommand),
    isBackground: task.isBackground,
    ...testGroupOf(task),
    ...(task.isBackground && { readyPatterns: readyPatterns(task, definition) }),
  };
  return { shown, task, definition, dependencies };
}

function testGroupOf({ group }: vscode.Task): Pick<WorkspaceTask, "tests"> {
  if (group?.id !== vscode.TaskGroup.Test.id) return {};
  return { tests: group.isDefault === true ? "default" : "other" };
}

/** As the editor shows them: `npm: test`, a bare name for those of tasks.json; a folder in front where two would be the same. */
function uniqueLabels(tasks: readonly vscode.Task[]): readonly string[] {
  const plain = tasks.map(labelOf);
  const inFolder = tasks.map((task, index) => {
    const label = plain[index] ?? task.name;
    const isShared = plain.indexOf(label) !== plain.lastIndexOf(label);
    return isShared && typeof task.scope === "object" ? `${task.scope.name}/${label}` : label;
  });
  return numberLabels(inFolder);
}

function labelOf({ name, source }: vscode.Task): string {
  return source === "Workspace" || source === "User" || source === "" ? name : `${source}: ${name}`;
}

/** A cycle ends where it closes; the editor refuses it when it runs. */
function dependenciesOf(
  task: vscode.Task,
  all: readonly vscode.Task[],
  above: readonly vscode.Task[],
): readonly vscode.Task[] {
  const direct = (definitionOf(task.name, task.scope)?.dependsOn ?? [])
    .map((dependency) => findDependency(dependency, task, all))
    .filter((found): found is vscode.Task => found !== undefined && !above.includes(found));
  const deeper = direct.flatMap((one) => [...dependenciesOf(one, all, [...above, one]), one]);
  return [...new Set(deeper)];
}

function findDependency(
  dependency: TaskDependency,
  dependent: vscode.Task,
  all: readonly vscode.Task[],
): vscode.Task | undefined {
  const fits = (candidate: vscode.Task) =>
    typeof dependency === "string"
      ? candidate.name === dependency || labelOf(candidate) === dependency
      : Object.entries(dependency).every(([name, value]) => candidate.definition[name] === value);
  const found = all.filter(fits);
  const near = found.filter(({ scope }) => typeof scope !== "object" || scope === dependent.scope);
  return near.find(({ source }) => source === "Workspace") ?? near.at(0) ?? found.at(0);
}

function nameDetails(label: string, details: readonly ApprovalDetail[]): readonly ApprovalDetail[] {
  return [
    { label: t("Runs first"), value: label },
    ...details.map((detail) => ({ label: `${label}: ${detail.label}`, value: detail.value })),
  ];
}

interface DescribedTask {
  readonly details: readonly ApprovalDetail[];
  /** Real paths of what says what it runs. */
  readonly files: readonly string[];
  readonly isResolvedByCommand: boolean;
}

async function describeTask(task: vscode.Task): Promise<DescribedTask> {
  const { execution, scope, definition } = task;
  const folder = typeof scope === "object" ? scope.uri.fsPath : undefined;
  const isCommand = execution instanceof vscode.ShellExecution || execution instanceof vscode.ProcessExecution;
  const cwd = (isCommand ? execution.options?.cwd : undefined)?.replace(FOLDER_VARIABLE, folder ?? "$&") ?? folder;
  const env = Object.entries((isCommand ? execution.options?.env : undefined) ?? {});
  const script = await scriptOf(task, cwd);
  const file = await definingFile(task);
  const runs = [
    { label: t("Type"), value: definition.type === "$composite" ? t("only runs other tasks") : definition.type },
    ...describeExecution(task),
    ...(script?.details ?? []),
    ...(cwd === undefined ? [] : [{ label: t("Folder"), value: cwd }]),
    ...env.map(([name, value]) => ({ label: t("Environment"), value: `${name}=${value}` })),
  ];
  const variables = describeVariables(
    runs.map(({ value }) => value),
    {
      inputs: inputsFor(scope),
      setting: (name) => settingFor(name, scope),
      environment: (name) => process.env[name],
      folder,
    },
  );
  const provided = providersOf(definition.type).map((value) => ({ label: t("Provided by the extension"), value }));
  const defined = file === undefined ? [] : [{ label: t("Defined in"), value: file }];
  return {
    details: [...runs, ...variables.details, ...provided, ...defined],
    files: [file, script?.file].filter((path) => path !== undefined),
    isResolvedByCommand: variables.isResolvedByCommand,
  };
}

function describeExecution(task: vscode.Task): readonly ApprovalDetail[] {
  const { execution } = task;
  if (execution instanceof vscode.ShellExecution) {
    const { executable, shellArgs = [] } = execution.options ?? {};
    const shell = executable === undefined ? [] : [{ label: t("Shell"), value: [executable, ...shellArgs].join(" ") }];
    return [{ label: t("Command line"), value: commandLineOf(execution) }, ...shell];
  }
  if (execution instanceof vscode.ProcessExecution) {
    const parameters = execution.args.map((value) => ({ label: t("Argument"), value }));
    return [{ label: t("Program"), value: execution.process }, ...parameters];
  }
  if (execution instanceof vscode.CustomExecution) {
    return [{ label: t("Runs"), value: t('code of the extension behind "{0}" tasks', task.source) }];
  }
  return [];
}

/** Either the whole line or command and words; what quotes the words is the shell that the editor picks. */
function commandLineOf({ commandLine, command, args }: vscode.ShellExecution): string {
  if (commandLine !== undefined && commandLine !== "") return commandLine;
  return [command, ...args].map((word) => (typeof word === "string" ? word : JSON.stringify(word.value))).join(" ");
}

function summaryOf(task: vscode.Task, dependencies: readonly vscode.Task[]): string {
  const { execution, detail } = task;
  const runs =
    execution instanceof vscode.ShellExecution
      ? commandLineOf(execution)
      : execution instanceof vscode.ProcessExecution
        ? [execution.process, ...execution.args].join(" ")
        : dependencies.map(labelOf).join(", ");
  const summary = [runs, detail ?? ""].filter((part) => part !== "").join(": ");
  return summary.replace(/\s+/g, " ").slice(0, LONGEST_SUMMARY);
}

/** What a script really runs stands in package.json, which may change between two runs. */
async function scriptOf(
  { definition, execution, scope }: vscode.Task,
  cwd: string | undefined,
): Promise<PackageScript | undefined> {
  const { type, script, path } = definition;
  if (type === "npm" && typeof script === "string" && typeof scope === "object") {
    return readScript(join(scope.uri.fsPath, typeof path === "string" ? path : ""), script);
  }
  const name = execution instanceof vscode.ShellExecution ? scriptIn(commandLineOf(execution)) : undefined;
  return name === undefined || cwd === undefined ? undefined : readScript(cwd, name);
}
