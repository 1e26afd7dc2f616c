import { homedir } from "node:os";
import { basename, sep } from "node:path";
import { ToolError } from "../agent/tool.ts";
import { childEnvironment } from "./child-environment.ts";

/**
 * Replaces the variables of tasks.json that mean something without an editor (code.visualstudio.com/docs/reference/variables-reference).
 * Throws a `ToolError` for the others: the open file, inputs, commands, settings.
 */
export function replaceVariables(text: string, folder: string): string {
  return text.replace(/\$\{([^}]*)\}/g, (whole, name: string) => {
    const value = valueOfVariable(name, folder);
    if (value === undefined) throw new ToolError(`${whole} in tasks.json has no value without an editor.`);
    return value;
  });
}

function valueOfVariable(name: string, folder: string): string | undefined {
  if (name.startsWith("env:")) return childEnvironment()[name.slice("env:".length)] ?? "";
  switch (name) {
    case "workspaceFolder":
    case "workspaceRoot":
    case "cwd":
      return folder;
    case "workspaceFolderBasename":
      return basename(folder);
    case "userHome":
      return homedir();
    case "pathSeparator":
    case "/":
      return sep;
    default:
      return undefined;
  }
}
