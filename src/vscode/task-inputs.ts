import type { ApprovalDetail } from "../protocol/approval.ts";
import { t } from "../protocol/localize.ts";

/** An entry of `inputs` in tasks.json: code.visualstudio.com/docs/reference/variables-reference#_input-variables. */
export interface TaskInput {
  readonly id: string;
  /** `promptString`, `pickString`, `command`. */
  readonly type: string;
  readonly description?: string | undefined;
  readonly default?: string | undefined;
  readonly options?: readonly string[] | undefined;
  /** The editor's command whose result is the value. */
  readonly command?: string | undefined;
}

/** What the editor knows of variables before it runs a task. */
export interface TaskValues {
  readonly inputs: readonly TaskInput[];
  /** A setting as text; undefined where there is none. */
  setting(name: string): string | undefined;
  /** A variable of the editor's environment. */
  environment(name: string): string | undefined;
  /** Absolute; undefined where the task belongs to no folder. */
  readonly folder: string | undefined;
}

export interface TaskVariables {
  /** One line for each variable, with its value or who gives it. */
  readonly details: readonly ApprovalDetail[];
  /** A command of the editor runs to complete the task. */
  readonly isResolvedByCommand: boolean;
}

/** The variables in what a task runs, each with the value that the editor will put in its place. */
export function describeVariables(texts: readonly string[], values: TaskValues): TaskVariables {
  const names = new Set(texts.flatMap((text) => [...text.matchAll(/\$\{([^}]+)\}/g)].map(([, name = ""]) => name)));
  const found = [...names].map((name) => ({ name, ...variableValue(name, values) }));
  return {
    details: found.map(({ name, shown }) => ({ label: t("Variable"), value: `\${${name}} = ${shown}` })),
    isResolvedByCommand: found.some(({ byCommand }) => byCommand),
  };
}

interface VariableValue {
  readonly shown: string;
  readonly byCommand: boolean;
}

function variableValue(name: string, values: TaskValues): VariableValue {
  const [, kind = name, rest = ""] = /^(\w+):(.*)$/s.exec(name) ?? [];
  const known = (shown: string): VariableValue => ({ shown, byCommand: false });
  switch (kind) {
    case "command":
      return { shown: t("what the editor's command {0} gives", rest), byCommand: true };
    case "input":
      return inputValue(values.inputs.find(({ id }) => id === rest));
    case "config":
      return known(values.setting(rest) ?? t("(no such setting)"));
    case "env":
      return known(values.environment(rest) ?? "");
    case "workspaceFolder":
    case "workspaceRoot":
      return known(rest === "" ? (values.folder ?? t("the open folder")) : t("the folder {0}", rest));
    default:
      return known(t("what the editor has for it when the task starts"));
  }
}

function inputValue(input: TaskInput | undefined): VariableValue {
  if (input === undefined) return { shown: t("(no such input)"), byCommand: false };
  if (input.type === "command")
    return { shown: t("what the editor's command {0} gives", input.command ?? ""), byCommand: true };
  const { description = input.id, default: preset, options = [] } = input;
  const hints = [
    ...(options.length === 0 ? [] : [t("one of {0}", options.join(", "))]),
    ...(preset === undefined ? [] : [t("default {0}", preset)]),
  ];
  const hint = hints.length === 0 ? "" : ` (${hints.join("; ")})`;
  return { shown: t('what you answer when the editor asks "{0}"{1}', description, hint), byCommand: false };
}
